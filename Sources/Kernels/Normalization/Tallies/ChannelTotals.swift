/// The threads' sums of a tally, two for each channel in double precision, and a number for each channel beside them.
struct ChannelTotals {
  let channels: Int
  private let memory: UnsafeMutablePointer<Float>

  /// Floats.
  static func scratchCount(channels: Int, threads: Int) -> Int { threads * countOfThread(channels) }
  /// Two doubles and a float.
  private static func countOfThread(_ channels: Int) -> Int { aligned(5 * channels) }

  /// - Parameter memory: `scratchCount` floats, aligned to cache lines.
  init(channels: Int, _ memory: UnsafeMutablePointer<Float>, threads: Int) {
    self.channels = channels
    self.memory = memory
    memory.update(repeating: 0, count: Self.scratchCount(channels: channels, threads: threads))
  }

  /// [2, C].
  @inline(__always)
  func sums(_ part: Int) -> UnsafeMutablePointer<Double> {
    // Scratch is nothing but bytes.
    UnsafeMutableRawPointer(memory + part * Self.countOfThread(channels)).assumingMemoryBound(to: Double.self)
  }

  /// [C].
  @inline(__always)
  func guesses(_ part: Int) -> UnsafeMutablePointer<Float> { memory + part * Self.countOfThread(channels) + 4 * channels }

  /// Adds to a part's sums of the 16 channels from `channel` on.
  @inline(__always)
  func add(_ first: Lanes, _ second: Lanes, channel: Int, part: Int) {
    first.add(to: sums(part) + channel)
    second.add(to: sums(part) + channels + channel)
  }
}
