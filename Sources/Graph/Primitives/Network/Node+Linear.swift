import Tensors

extension Node {
  /// x·Wᵀ + b by row: self [M, I], `weight` [O, I], `bias` [O] → [M, O]; as `torch.nn.functional.linear`.
  public func linear(weight: Node, bias: Node? = nil) -> Node {
    let product = matmul(weight, transposingOther: true)
    return bias.map(product.addingRow) ?? product
  }
}
