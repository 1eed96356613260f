/// The sums of a gradient that came through a rectified batch norm: Σg and Σg·(x − mean), g where that norm was above 0 (see
/// `ChannelSums.gradientSums`). The gradient itself is the result, not yet gated.
struct GradientTally: ResultTally {
  private let totals: ChannelTotals
  /// What went into the norm, of the result's shape.
  private let x: UnsafePointer<Float>
  /// [3, C]: center, slope, offset. The center is the mean.
  private let constants: UnsafePointer<Float>
  private var part = 0
  private var channel = 0
  private var norm: ChannelLine<Lanes>
  private var first = Lanes()
  private var second = Lanes()

  init(_ totals: ChannelTotals, x: UnsafePointer<Float>, constants: UnsafePointer<Float>) {
    self.totals = totals
    self.x = x
    self.constants = constants
    norm = ChannelLine(constants: constants, channels: totals.channels, lanes: Lanes.scalarCount)
  }

  var channels: Int { totals.channels }

  @inline(__always)
  func part(_ part: Int) -> Self {
    var tally = self
    tally.part = part
    return tally
  }

  @inline(__always)
  func channels(from channel: Int) -> Self {
    var tally = self
    tally.channel = channel
    tally.norm = ChannelLine(constants: constants + channel, channels: totals.channels, lanes: Lanes.scalarCount)
    (tally.first, tally.second) = (Lanes(repeating: 0), Lanes(repeating: 0))
    return tally
  }

  @inline(__always)
  mutating func add(_ numbers: Lanes, at index: Int) {
    let input = (x + index).load(Lanes.self)
    let gated = numbers.gated(by: norm.value(input))
    first += gated
    second.addProduct(gated, input - norm.center)
  }

  @inline(__always)
  func keep() { totals.add(first, second, channel: channel, part: part) }

  @inline(__always)
  func beginsAnew(_ channels: Range<Int>, after pixels: Int) -> Bool { false }

  @inline(__always)
  var beside: UnsafePointer<Float>? { x }

  /// `sums` [2, C] ← Σg and Σg·x̂ with the norm's `variance` [C].
  func finish(parts: Int, variance: UnsafePointer<Float>, epsilon: Float, into sums: UnsafeMutablePointer<Float>) {
    for channel in 0..<totals.channels {
      var (sum, product) = (0.0, 0.0)
      for part in 0..<parts {
        sum += totals.sums(part)[channel]
        product += totals.sums(part)[totals.channels + channel]
      }
      let deviation = (variance[channel] + epsilon).squareRoot()
      sums[channel] = Float(sum)
      sums[totals.channels + channel] = Float(product / Double(deviation))
    }
  }
}
