/// y = slope·(x − center) + offset, and with a second array y = slope·(x − center) + offset + factor·g, with constants for each
/// channel: both directions of batch norm. One pass over [rows, C]; `y` may be `x` or `g`. The rows are shared out to the threads.
struct ChannelAffine {
  let x: UnsafePointer<Float>
  let g: UnsafePointer<Float>?
  let y: UnsafeMutablePointer<Float>
  /// [4, C]: center, slope, offset, factor (the last is not read without `g`).
  let constants: UnsafePointer<Float>
  let layout: ChannelLayout
  /// Negative results become 0, as `Elementwise.relu` makes them.
  var rectifies = false
  /// g counts only where the batch norm that it came through, slope·(x − center) + offset of these [3, C], was above 0.
  var gate: UnsafePointer<Float>?

  func run(on pool: ThreadPool) {
    pool.split(layout.rows, minimumPart: layout.smallestPart) { _, rows in
      for row in rows { run(row * layout.channels) }
    }
  }

  /// The channels of one row.
  @inline(__always)
  private func run(_ start: Int) {
    let channels = layout.channels
    var channel = 0
    while channel + 16 <= channels {
      apply(start, channel, SIMD16<Float>.self, lanes: 16)
      channel += 16
    }
    while channel < channels {
      apply(start, channel, SIMD8<Float>.self, lanes: min(8, channels - channel))
      channel += 8
    }
  }

  @inline(__always)
  private func apply<Vector: RectifiableVector>(_ start: Int, _ channel: Int, _: Vector.Type, lanes: Int) {
    let channels = layout.channels
    let place = constants + channel
    let x = (x + start + channel).load(Vector.self, lanes: lanes)
    var value = (place + 2 * channels).load(Vector.self, lanes: lanes)
    value.addProduct(x - place.load(Vector.self, lanes: lanes), (place + channels).load(Vector.self, lanes: lanes))
    if var g = g.map({ ($0 + start + channel).load(Vector.self, lanes: lanes) }) {
      if let gate { g = ChannelGate(constants: gate + channel, channels: channels).open(g, x, lanes: lanes) }
      value.addProduct(g, (place + 3 * channels).load(Vector.self, lanes: lanes))
    }
    (y + start + channel).store(rectifies ? value.rectified : value, lanes: lanes)
  }
}

/// The derivative of a rectified batch norm's rectifier, from what went into the batch norm: nothing of its result is kept for it.
struct ChannelGate {
  /// [3, C] from the channel at hand on: center, slope, offset.
  let constants: UnsafePointer<Float>
  let channels: Int

  /// g where the batch norm of x is above 0, else g·0 (so that what is not finite stays so): computed as `ChannelAffine` does, so that it is the same to the last bit.
  @inline(__always)
  func open<Vector: RectifiableVector>(_ g: Vector, _ x: Vector, lanes: Int) -> Vector {
    var value = (constants + 2 * channels).load(Vector.self, lanes: lanes)
    value.addProduct(x - constants.load(Vector.self, lanes: lanes), (constants + channels).load(Vector.self, lanes: lanes))
    return g.gated(by: value)
  }
}

/// Comparisons of vectors, which are only compiled to vector instructions where the type is written out.
protocol RectifiableVector: SIMD, BitwiseCopyable where Scalar == Float {
  /// 0 where it is less, as `Elementwise.relu` has it.
  var rectified: Self { get }
  /// self where `gate` is above 0, else self·0, as `Elementwise.gate` has it.
  func gated(by gate: Self) -> Self
}

extension SIMD16<Float>: RectifiableVector {
  @inline(__always)
  var rectified: Self { replacing(with: 0, where: self .< 0) }
  @inline(__always)
  func gated(by gate: Self) -> Self { (self * 0).replacing(with: self, where: gate .> 0) }
}

extension SIMD8<Float>: RectifiableVector {
  @inline(__always)
  var rectified: Self { replacing(with: 0, where: self .< 0) }
  @inline(__always)
  func gated(by gate: Self) -> Self { (self * 0).replacing(with: self, where: gate .> 0) }
}
