/// What a pass adds up of its result by channel while it has the numbers in registers, so that nobody reads the result for it: the sums
/// that a batch norm needs of a convolution's.
///
/// Each thread has sums of its own. Of 16 channels it adds up some pixels in float32 and those sums in double precision.
protocol ResultTally {
  /// As thread number `part` keeps it.
  func part(_ part: Int) -> Self
  /// Of the 16 channels from `channel` on, nothing added up yet.
  func channels(from channel: Int) -> Self
  /// Some numbers of those channels, that lie `index` floats behind the result's beginning.
  mutating func add(_ numbers: Lanes, at index: Int)
  /// Adds what was added up of those channels to the thread's sums.
  func keep()

  /// Whether a part goes through its first numbers of some channels again: what has been added up of them is then its guess of their mean,
  /// and its sums are empty. False where no guess is needed.
  func beginsAnew(_ channels: Range<Int>, after pixels: Int) -> Bool
  /// What is read along with the result, in its order.
  var beside: UnsafePointer<Float>? { get }
}

/// Nothing is added up.
struct NoTally: ResultTally {
  @inline(__always)
  func part(_ part: Int) -> Self { self }
  @inline(__always)
  func channels(from channel: Int) -> Self { self }
  @inline(__always)
  mutating func add(_ numbers: Lanes, at index: Int) {}
  @inline(__always)
  func keep() {}
  @inline(__always)
  func beginsAnew(_ channels: Range<Int>, after pixels: Int) -> Bool { false }
  @inline(__always)
  var beside: UnsafePointer<Float>? { nil }
}
