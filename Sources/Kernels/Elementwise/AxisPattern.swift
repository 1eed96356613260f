/// The axes of an array, some kept and some not, with neighbours of one kind merged: what a sum over axes, and the repetition that undoes
/// it, loop over. Up to eight merged axes, kept in vectors so that walking them does not allocate.
public struct AxisPattern: Sendable {
  /// Axes but the last, from the outermost: extent, and the step it makes in the smaller array (0 where the axis is not kept).
  private var extents = SIMD8<Int>(repeating: 1)
  private var steps = SIMD8<Int>(repeating: 0)
  private var outerAxes = 0
  /// The last merged axis.
  public private(set) var innerCount = 1
  public private(set) var innerIsKept = true
  /// How often the last axis is gone through.
  public private(set) var outerCount = 1
  /// Elements of the larger array, and of the smaller.
  public let count: Int
  public let keptCount: Int

  /// `extents` of the larger array; `kept[i]`: the smaller one has axis i too. At most eight changes between kept and not.
  public init(extents: [Int], kept: [Bool]) {
    var merged: [(extent: Int, kept: Bool)] = []
    for (extent, kept) in zip(extents, kept) where extent != 1 {
      if let last = merged.last, last.kept == kept {
        merged[merged.count - 1].extent *= extent
      } else {
        merged.append((extent, kept))
      }
    }
    precondition(merged.count <= 8, "at most eight groups of axes")
    count = merged.reduce(1) { $0 * $1.extent }
    keptCount = merged.reduce(1) { $0 * ($1.kept ? $1.extent : 1) }
    guard let inner = merged.popLast() else { return }
    innerCount = inner.extent
    innerIsKept = inner.kept
    var step = inner.kept ? inner.extent : 1
    for (axis, group) in merged.enumerated().reversed() {
      self.extents[axis] = group.extent
      steps[axis] = group.kept ? step : 0
      if group.kept { step *= group.extent }
    }
    outerAxes = merged.count
    outerCount = merged.reduce(1) { $0 * $1.extent }
  }

  /// The outermost axis can be split over threads that write to the smaller array when it is kept there.
  var independentParts: Int { outerAxes > 0 && steps[0] != 0 ? extents[0] : 1 }

  /// Where in the smaller array the last axis starts, the `outer`-th time it is gone through.
  @inline(__always)
  func keptOffset(_ outer: Int) -> Int {
    var rest = outer
    var offset = 0
    var axis = outerAxes - 1
    while axis >= 0 {
      offset += (rest % extents[axis]) * steps[axis]
      rest /= extents[axis]
      axis -= 1
    }
    return offset
  }
}
