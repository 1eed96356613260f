/// A function that can be computed in float64 when a graph is simplified.
private protocol NumberFunction {
  func value(_ numbers: [Double]) -> Double
}

extension Unary: NumberFunction {
  fileprivate func value(_ numbers: [Double]) -> Double { Function.value(numbers[0]) }
}

extension Binary: NumberFunction {
  fileprivate func value(_ numbers: [Double]) -> Double { Function.value(numbers[0], numbers[1]) }
}

extension Simplifier {
  /// f(c) and f(c, d) of scalars known now.
  func constant(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    guard let function = primitive as? any NumberFunction else { return nil }
    let numbers = inputs.compactMap(\.constant)
    return numbers.count == inputs.count ? graph.scalar(function.value(numbers)) : nil
  }
}
