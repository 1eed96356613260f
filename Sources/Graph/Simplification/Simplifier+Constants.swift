extension Simplifier {
  /// f(c) and f(c, d) of scalars known now.
  func constant(_ function: any ElementwiseFunction, _ inputs: [Node]) -> Node? {
    let numbers = inputs.compactMap(\.constant)
    return numbers.count == inputs.count ? graph.scalar(function.value(numbers)) : nil
  }
}
