extension RandomStream {
  /// A sequential reader of the stream, for host code that draws a few numbers (an augmentation's parameters, a shuffle).
  public struct Reader {
    private let stream: RandomStream
    private let step: UInt64
    private var counter: UInt64 = 0
    private var words = SIMD4<UInt32>()
    private var used = 4

    public init(_ stream: RandomStream, step: UInt64 = 0) {
      self.stream = stream
      self.step = step
    }

    @inline(__always)
    public mutating func word() -> UInt32 {
      if used == 4 {
        words = stream.words(at: counter, step: step)
        counter &+= 1
        used = 0
      }
      defer { used += 1 }
      return words[used]
    }

    /// Uniform in [0, 1).
    public mutating func unit() -> Float { RandomStream.unit(word()) }
    /// Uniform in [low, high).
    public mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit() }
    /// Uniform in 0..<bound, by Lemire's multiplication (its bias, below 2⁻³² · bound, is far under what an experiment can see).
    public mutating func index(below bound: Int) -> Int { Int((UInt64(word()) &* UInt64(bound)) >> 32) }
  }

  /// Fisher–Yates on 0..<count.
  public func permutation(_ count: Int, step: UInt64 = 0) -> [Int] {
    var reader = Reader(self, step: step)
    var order = Array(0..<count)
    var last = count - 1
    while last > 0 {
      order.swapAt(last, reader.index(below: last + 1))
      last -= 1
    }
    return order
  }

  /// A uniform cyclic permutation of 0..<count (Sattolo): no element stays where it was, so row i never meets itself (`Zn`).
  public func derangement(_ count: Int, step: UInt64 = 0) -> [Int] {
    var reader = Reader(self, step: step)
    var order = Array(0..<count)
    var last = count - 1
    while last > 0 {
      order.swapAt(last, reader.index(below: last))
      last -= 1
    }
    return order
  }
}
