import Tensors

/// What an operation writes beside its result, the further array number `index`. Costs nothing in a program: the operation that is its input
/// does the work, and gives room for it.
///
/// Such operations are made when a program is planned, after all differentiation (`Graph.joiningSums`).
struct SideResult: Primitive {
  let index: Int
  /// What the operation's `sideShapes` say.
  let target: Shape

  static let name = "sideResult"

  func shape(of inputs: [Shape]) -> Shape { target }
  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    preconditionFailure("sideResult: a fused operation is differentiated")
  }

  func kernel(_ site: KernelSite) -> Kernel { { _ in } }
}

extension Node {
  /// Further array number `index` of this operation.
  func sideResult(_ index: Int) -> Node? {
    guard let shapes = primitive?.sideShapes(of: inputs.map(\.shape)), shapes.indices.contains(index) else { return nil }
    return graph.apply(SideResult(index: index, target: shapes[index]), [self])
  }
}
