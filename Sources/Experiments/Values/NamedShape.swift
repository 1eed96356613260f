import Tensors

/// What an axis of a value runs over. Names keep a `batch × dim` from meeting a `batch × feature` of the same size unnoticed.
public enum AxisName: Hashable, Sendable {
  /// The rows: one an image.
  case batch
  /// The entries of a projection or a prediction.
  case dim
  /// The entries of the backbone's features.
  case feature
  /// The output of a further module, by its name.
  case named(String)

  public var text: String {
    switch self {
    case .batch: "batch"
    case .dim: "dim"
    case .feature: "feature"
    case .named(let name): name
    }
  }
}

/// One axis: its extent, and its name where it has one (literals have none).
public struct Axis: Hashable, Sendable {
  public let name: AxisName?
  public let size: Int

  public init(_ name: AxisName?, _ size: Int) {
    self.name = name
    self.size = size
  }

  /// Whether two axes can be matched entry by entry: equal extents, and no two different names.
  public func agrees(with other: Axis) -> Bool {
    size == other.size && (name == nil || other.name == nil || name == other.name)
  }

  /// The axis of a result made of two that agree: a name wins over none.
  func merged(with other: Axis) -> Axis { name == nil ? other : self }
}

/// The shape of a value as users read it: `batch × dim 256`, `a vector of dim 64`, `2 × 3`, `a number`.
public struct NamedShape: Hashable, Sendable, CustomStringConvertible {
  public let axes: [Axis]

  public init(_ axes: [Axis]) { self.axes = axes }

  public static let scalar = NamedShape([])

  public var rank: Int { axes.count }
  public var shape: Shape { Shape(axes.map(\.size)) }

  /// With extents, but for the batch, whose size is no property of a formula.
  public var description: String {
    switch rank {
    case 0: "a number"
    case 1: "a vector of \(extents)"
    default: extents
    }
  }

  /// `batch × dim 256`, `2 × 3`, `64`: the axes alone.
  public var extents: String {
    axes.map { axis in
      guard let name = axis.name else { return String(axis.size) }
      return name == .batch ? "batch" : "\(name.text) \(axis.size)"
    }.joined(separator: " × ")
  }

  /// Names alone, where there are names: `batch × dim`.
  public var briefDescription: String {
    guard !axes.isEmpty else { return "a number" }
    return axes.map { $0.name?.text ?? String($0.size) }.joined(separator: " × ")
  }

  public func agrees(with other: NamedShape) -> Bool {
    rank == other.rank && zip(axes, other.axes).allSatisfy { $0.agrees(with: $1) }
  }

  func merged(with other: NamedShape) -> NamedShape {
    NamedShape(zip(axes, other.axes).map { $0.merged(with: $1) })
  }

  /// Without the axis at `index`.
  func removing(_ index: Int) -> NamedShape {
    var rest = axes
    rest.remove(at: index)
    return NamedShape(rest)
  }

  public var hasBatch: Bool { axes.contains { $0.name == .batch } }
}
