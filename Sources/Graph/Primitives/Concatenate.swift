import Kernels
import Tensors

extension Graph {
  /// The rows (entries of the first axis) of all `parts`, in order. At least one part.
  public func concatenate(_ parts: [Node]) -> Node { apply(Concatenate(), parts) }
}

struct Concatenate: Primitive {
  static let name = "concatenate"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      inputs[0].rank > 0 && inputs.allSatisfy { $0.rank == inputs[0].rank && $0.removing([0]) == inputs[0].removing([0]) },
      "concatenate: rows of one shape, not \(inputs)")
    return inputs[0].replacing(0, by: inputs.reduce(0) { $0 + $1[0] })
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    var first = 0
    return inputs.map { input in
      defer { first += input.shape[0] }
      return gradient.rows(first..<first + input.shape[0])
    }
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let (parts, counts, y) = (site.inputs, site.inputShapes.map(\.count), site.output)
    return { _ in
      var target = y
      for (part, count) in zip(parts, counts) {
        target.update(from: part, count: count)
        target += count
      }
    }
  }
}
