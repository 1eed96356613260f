import Kernels
import Tensors

// Functions of whole rows: of the last axis, whatever stands before it.

extension Node {
  /// x / max(‖x‖, 1e-12), row by row, as `torch.nn.functional.normalize` has it.
  public func normalizedRows() -> Node { graph.apply(NormalizedRows(), [self]) }
  /// ‖x‖ row by row, [M, D] → [M]. Its derivative at 0 is taken as 0.
  public func rowNorms() -> Node { graph.apply(RowNorms(), [self]) }
  public func softmaxRows() -> Node { graph.apply(SoftmaxRows(), [self]) }
  /// log Σ exp x, [M, N] → [M].
  public func logSumExpRows() -> Node { graph.apply(LogSumExpRows(), [self]) }

  /// Row sums of x·y.
  func rowDots(_ other: Node) -> Node { (self * other).sum(axes: [shape.rank - 1]) }
  /// One number a row, repeated along rows of `shape`.
  func alongRows(of shape: Shape) -> Node { broadcast(to: shape, axes: Array(0..<shape.rank - 1)) }
}

extension Shape {
  /// As rows of the last axis.
  fileprivate var rowView: (rows: Int, columns: Int) { (removing([rank - 1]).count, self[rank - 1]) }
}

/// y = x/n, n = max(‖x‖, floor). ∂L/∂x = (g - y·(g·y))/n, and g/n where the floor holds.
struct NormalizedRows: Primitive {
  static let name = "normalizedRows"
  private static let floor: Float = 1e-12

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank > 0, "normalizedRows: a scalar has no rows")
    return inputs[0]
  }

  func flops(inputs: [Shape]) -> Int { 3 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output y: Node, gradient g: Node) -> [Node?] {
    let norms = inputs[0].rowNorms()
    let floor = norms.graph.scalar(Double(Self.floor))
    let along = g.rowDots(y) * floor.less(norms)
    return [(g - y * along.alongRows(of: y.shape)) / norms.maximum(floor).alongRows(of: y.shape)]
  }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (rows, columns) = site.outputShape.rowView
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in Rows.normalize(x, y, rows: rows, columns: columns, floor: Self.floor, pool: pool) }
  }
}

/// y = ‖x‖; ∂L/∂x = g·x/‖x‖.
struct RowNorms: Primitive {
  static let name = "rowNorms"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank > 0, "rowNorms: a scalar has no rows")
    return inputs[0].removing([inputs[0].rank - 1])
  }

  func flops(inputs: [Shape]) -> Int { 2 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [inputs[0].normalizedRows() * gradient.alongRows(of: inputs[0].shape)]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let (rows, columns) = site.inputShapes[0].rowView
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in Rows.norms(x, y, rows: rows, columns: columns, pool: pool) }
  }
}

/// y = exp x / Σ exp x; ∂L/∂x = y·(g - g·y).
struct SoftmaxRows: Primitive {
  static let name = "softmaxRows"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank > 0, "softmaxRows: a scalar has no rows")
    return inputs[0]
  }

  func flops(inputs: [Shape]) -> Int { (4 + FlopCounts.function) * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output y: Node, gradient g: Node) -> [Node?] {
    [y * (g - g.rowDots(y).alongRows(of: y.shape))]
  }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (rows, columns) = site.outputShape.rowView
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in Rows.softmax(x, y, rows: rows, columns: columns, pool: pool) }
  }
}

/// y = log Σ exp x; ∂L/∂x = g·softmax(x).
struct LogSumExpRows: Primitive {
  static let name = "logSumExpRows"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank > 0, "logSumExpRows: a scalar has no rows")
    return inputs[0].removing([inputs[0].rank - 1])
  }

  func flops(inputs: [Shape]) -> Int { (3 + FlopCounts.function) * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [inputs[0].softmaxRows() * gradient.alongRows(of: inputs[0].shape)]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let (rows, columns) = site.inputShapes[0].rowView
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in Rows.logSumExp(x, y, rows: rows, columns: columns, pool: pool) }
  }
}
