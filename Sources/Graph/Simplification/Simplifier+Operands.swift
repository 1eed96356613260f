import Tensors

/// An element-wise function, seen without its kind.
protocol ElementwiseFunction: Primitive {
  /// Its operands' layouts, and the function again with others.
  var layouts: [OperandLayout] { get }
  func with(_ layouts: [OperandLayout]) -> any Primitive
  /// f(a, b) = f(b, a).
  var isCommutative: Bool { get }
  /// Of scalars, in float64: for those that are known when a graph is simplified.
  func value(_ numbers: [Double]) -> Double
}

extension Unary: ElementwiseFunction {
  var layouts: [OperandLayout] { [.whole] }
  func with(_ layouts: [OperandLayout]) -> any Primitive { self }
  var isCommutative: Bool { false }
  func value(_ numbers: [Double]) -> Double { Function.value(numbers[0]) }
}

extension Binary: ElementwiseFunction {
  var layouts: [OperandLayout] { [left, right] }
  func with(_ layouts: [OperandLayout]) -> any Primitive { Binary(left: layouts[0], right: layouts[1]) }
  var isCommutative: Bool { Function.isCommutative }
  func value(_ numbers: [Double]) -> Double { Function.value(numbers[0], numbers[1]) }
}

extension Simplifier {
  /// Repeated operands are read where they lie instead of being written out, and commutative functions have one order.
  func operands(_ function: any ElementwiseFunction, _ inputs: [Node]) -> Node? {
    ofScalars(function, inputs) ?? readingInPlace(function, inputs) ?? ordered(function, inputs)
  }

  /// f of arrays that repeat scalars: f of the scalars, repeated.
  private func ofScalars(_ function: any ElementwiseFunction, _ inputs: [Node]) -> Node? {
    guard inputs.contains(where: { $0.repeatedScalar != nil }) else { return nil }
    let scalars = inputs.compactMap { $0.shape == .scalar ? $0 : $0.repeatedScalar }
    guard scalars.count == inputs.count else { return nil }
    let shape = function.shape(of: inputs.map(\.shape))
    return filled(shape, with: apply(function.with(inputs.map { _ in .whole }), scalars))
  }

  /// f(x, repeat(v)): v is read as a scalar, a row or a column of x's shape.
  private func readingInPlace(_ function: any ElementwiseFunction, _ inputs: [Node]) -> Node? {
    guard function.layouts == [.whole, .whole] else { return nil }
    for index in [1, 0] {
      guard let broadcast = inputs[index].primitive as? Broadcast, let layout = layout(of: broadcast) else { continue }
      var (layouts, operands) = (function.layouts, inputs)
      layouts[index] = layout
      operands[index] = inputs[index].inputs[0]
      return apply(function.with(layouts), operands)
    }
    return nil
  }

  private func layout(of broadcast: Broadcast) -> OperandLayout? {
    if broadcast.axes.isEmpty { return .scalar }
    guard broadcast.target.rank == 2, broadcast.axes.count == 1 else { return nil }
    return broadcast.axes == [1] ? .row : .column
  }

  /// f(b, a) as f(a, b): the whole operand first, then the older one, constants last.
  private func ordered(_ function: any ElementwiseFunction, _ inputs: [Node]) -> Node? {
    guard function.isCommutative else { return nil }
    let layouts = function.layouts
    let isOrdered = layouts[0] == layouts[1] ? precedes(inputs[0], inputs[1]) : layouts[0] == .whole
    return isOrdered ? nil : apply(function.with([layouts[1], layouts[0]]), [inputs[1], inputs[0]])
  }

  private func precedes(_ a: Node, _ b: Node) -> Bool {
    if (a.constant == nil) != (b.constant == nil) { return a.constant == nil }
    return a.id <= b.id
  }
}
