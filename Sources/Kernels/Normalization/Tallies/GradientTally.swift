/// The sums of a gradient that came through a rectified batch norm: Σg and Σg·(x − mean), g where that norm was above 0 (see
/// `ChannelSums.gradientSums`). The gradient itself is the result, not yet gated.
struct GradientTally: ResultTally {
  private var sums: TallySums
  /// What went into the norm, of the result's shape.
  private let x: UnsafePointer<Float>
  /// [3, C]: center, slope, offset. The center is the mean.
  private let constants: UnsafePointer<Float>
  private var norm: ChannelLine<Lanes>

  init(_ totals: ChannelTotals, x: UnsafePointer<Float>, constants: UnsafePointer<Float>) {
    sums = TallySums(totals)
    self.x = x
    self.constants = constants
    norm = ChannelLine(constants: constants, channels: totals.channels, lanes: Lanes.scalarCount)
  }

  @inline(__always)
  func part(_ part: Int) -> Self {
    var tally = self
    tally.sums = sums.part(part)
    return tally
  }

  @inline(__always)
  func channels(from channel: Int) -> Self {
    var tally = self
    tally.sums = sums.channels(from: channel)
    tally.norm = ChannelLine(constants: constants + channel, channels: sums.totals.channels, lanes: Lanes.scalarCount)
    return tally
  }

  @inline(__always)
  mutating func add(_ numbers: Lanes, at index: Int) {
    let input = (x + index).load(Lanes.self)
    let gated = numbers.gated(by: norm.value(input))
    sums.first += gated
    sums.second.addProduct(gated, input - norm.center)
  }

  @inline(__always)
  func keep() { sums.keep() }

  @inline(__always)
  func beginsAnew(_ channels: Range<Int>, after pixels: Int) -> Bool { false }

  @inline(__always)
  var beside: UnsafePointer<Float>? { x }

  /// `result` [2, C] ← Σg and Σg·x̂, with the norm's `moments` [2, C].
  func finish(parts: Int, moments: UnsafePointer<Float>, epsilon: Float, into result: UnsafeMutablePointer<Float>) {
    let totals = sums.totals
    for channel in 0..<totals.channels {
      var (sum, product) = (0.0, 0.0)
      for part in 0..<parts {
        sum += totals.sums(part)[channel]
        product += totals.sums(part)[totals.channels + channel]
      }
      ChannelSums.finishGradientSums(sum, product, channel, totals.channels, moments: moments, epsilon: epsilon, into: result)
    }
  }
}
