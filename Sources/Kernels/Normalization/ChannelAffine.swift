/// y = slope·(x − center) + offset, and with a second array y = slope·(x − center) + offset + factor·g, with constants for each
/// channel: both directions of batch norm. One pass over [rows, C]; `y` may be `x` or `g`. The rows are shared out to the threads.
struct ChannelAffine {
  let x: UnsafePointer<Float>
  let g: UnsafePointer<Float>?
  /// [4, C]: center, slope, offset, factor (the last is not read without `g`).
  let constants: UnsafePointer<Float>
  let layout: ChannelLayout
  /// Negative results become 0, as `Elementwise.relu` makes them.
  var rectifies = false
  /// g counts only where the batch norm that it came through, slope·(x − center) + offset of these [3, C], was above 0.
  var gate: UnsafePointer<Float>?

  func run(into y: UnsafeMutablePointer<Float>, on pool: ThreadPool) {
    pool.split(layout.rows, minimumPart: layout.smallestPart) { _, rows in run(rows, into: y + rows.lowerBound * layout.channels) }
  }

  /// Some rows alone, the first of them to where `y` begins.
  func run(_ rows: Range<Int>, into y: UnsafeMutablePointer<Float>) {
    // With one vector a row the constants stay in registers; with more, columns of vectors would take twice as long from memory as rows.
    if layout.channels == 16 { return apply(rows, 0, into: y, SIMD16<Float>.self, lanes: 16) }
    for row in rows { run(row, into: y + (row - rows.lowerBound) * layout.channels) }
  }

  @inline(__always)
  private func run(_ row: Int, into y: UnsafeMutablePointer<Float>) {
    let channels = layout.channels
    var channel = 0
    while channel + 16 <= channels {
      apply(row..<(row + 1), channel, into: y, SIMD16<Float>.self, lanes: 16)
      channel += 16
    }
    while channel < channels {
      apply(row..<(row + 1), channel, into: y, SIMD8<Float>.self, lanes: min(8, channels - channel))
      channel += 8
    }
  }

  /// Some channels of some rows, the first of them to where `y` begins.
  @inline(__always)
  private func apply<Vector: RectifiableVector>(
    _ rows: Range<Int>, _ channel: Int, into y: UnsafeMutablePointer<Float>, _: Vector.Type, lanes: Int
  ) {
    let (channels, place) = (layout.channels, constants + channel)
    let affine = ChannelLine<Vector>(constants: place, channels: channels, lanes: lanes)
    let begin = rows.lowerBound * channels + channel
    var (x, target) = (x + begin, y + channel)
    guard var g = g.map({ $0 + begin }) else {
      for _ in rows {
        let value = affine.value(x.load(Vector.self, lanes: lanes))
        target.store(rectifies ? value.rectified : value, lanes: lanes)
        (x, target) = (x + channels, target + channels)
      }
      return
    }
    let factor = (place + 3 * channels).load(Vector.self, lanes: lanes)
    guard let gate else {
      for _ in rows {
        var value = affine.value(x.load(Vector.self, lanes: lanes))
        value.addProduct(g.load(Vector.self, lanes: lanes), factor)
        target.store(value, lanes: lanes)
        (x, g, target) = (x + channels, g + channels, target + channels)
      }
      return
    }
    let norm = ChannelLine<Vector>(constants: gate + channel, channels: channels, lanes: lanes)
    for _ in rows {
      let input = x.load(Vector.self, lanes: lanes)
      var value = affine.value(input)
      value.addProduct(g.load(Vector.self, lanes: lanes).gated(by: norm.value(input)), factor)
      target.store(value, lanes: lanes)
      (x, g, target) = (x + channels, g + channels, target + channels)
    }
  }
}

/// slope·(x − center) + offset of some channels: a batch norm, and above 0 or not the derivative of the rectifier behind it, of which nothing
/// is kept but what went into the batch norm.
struct ChannelLine<Vector: RectifiableVector> {
  let center: Vector
  private let slope: Vector
  private let offset: Vector

  /// - Parameter constants: [3, C] from the channel at hand on: center, slope, offset.
  @inline(__always)
  init(constants: UnsafePointer<Float>, channels: Int, lanes: Int) {
    center = constants.load(Vector.self, lanes: lanes)
    slope = (constants + channels).load(Vector.self, lanes: lanes)
    offset = (constants + 2 * channels).load(Vector.self, lanes: lanes)
  }

  @inline(__always)
  func value(_ x: Vector) -> Vector {
    var value = offset
    value.addProduct(x - center, slope)
    return value
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
