/// Sums over all entries of each channel: the reductions of batch norm.
///
/// The rows are shared out to the threads, whose sums are added in order. Sums are in double precision: the square of a float32 is
/// exact there, so Σx² − (Σx)²/n is off by about 2⁻⁵³ · (mean² + variance), below what float32 data can show even when the mean is
/// ten thousand standard deviations, and one pass is enough.
///
/// `scratch` holds `scratchCount(channels:threads:)` floats. Arrays do not overlap. Nothing is allocated.
public enum ChannelSums {
  /// Rows that are gone through channel by channel: with some hundred channels they stay in the second cache.
  private static let blockOfRows = 256

  public static func scratchCount(channels: Int, threads: Int) -> Int { threads * countOfThread(channels) + 4 * channels }

  private static func countOfThread(_ channels: Int) -> Int { aligned(2 * 2 * channels) }

  /// `moments` [2, C] ← mean and biased variance, Σ(x − mean)² / rows, of `x` [rows, C].
  public static func moments(
    of x: UnsafePointer<Float>, _ layout: ChannelLayout, into moments: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    reduce(MomentTerms(x: x), layout, scratch, pool) { channel, sum, squares in
      let count = Double(layout.rows)
      let mean = sum / count
      moments[channel] = Float(mean)
      moments[layout.channels + channel] = Float(max(0, squares / count - mean * mean))
    }
  }

  /// `sums` [2, C] ← Σg and Σg·x̂ of `gradient` g and `x` [rows, C], with x̂ = (x − mean) / √(variance + ε) and `moments` [2, C]
  /// of x: the gradients of batch norm's shift and scale. With `rectified`, g counts where that batch norm was above 0.
  public static func gradientSums(
    gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, moments: UnsafePointer<Float>, epsilon: Float,
    rectified: BatchNorm.Affine? = nil, _ layout: ChannelLayout, into sums: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let finish = { (channel: Int, sum: Double, product: Double) in
      let deviation = (moments[layout.channels + channel] + epsilon).squareRoot()
      sums[channel] = Float(sum)
      sums[layout.channels + channel] = Float(product / Double(deviation))
    }
    guard let rectified else {
      return reduce(GradientTerms(gradient: gradient, x: x, means: moments), layout, scratch, pool, finish: finish)
    }
    let constants = scratch + pool.threadCount * countOfThread(layout.channels)
    rectified.constants(moments: moments, epsilon: epsilon, channels: layout.channels, into: constants)
    let terms = GatedTerms(terms: GradientTerms(gradient: gradient, x: x, means: moments), constants: constants, channels: layout.channels)
    reduce(terms, layout, scratch, pool, finish: finish)
  }

  /// Calls `finish(channel, first sum, second sum)` for every channel.
  @inline(__always)
  private static func reduce(
    _ terms: some ChannelTerms, _ layout: ChannelLayout, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool,
    finish: (Int, Double, Double) -> Void
  ) {
    let channels = layout.channels
    let stride = countOfThread(channels) / 2
    // Scratch is nothing but bytes; it is aligned to cache lines.
    let sums = UnsafeMutableRawPointer(scratch).bindMemory(to: Double.self, capacity: pool.threadCount * stride)
    pool.split(layout.rows, minimumPart: layout.smallestPart) { part, rows in
      let first = sums + part * stride
      first.update(repeating: 0, count: 2 * channels)
      for begin in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: blockOfRows) {
        add(terms, channels, begin..<min(begin + blockOfRows, rows.upperBound), to: first)
      }
    }
    if layout.rows == 0 { sums.update(repeating: 0, count: 2 * channels) }
    for part in 1..<max(1, pool.partCount(layout.rows, minimumPart: layout.smallestPart)) {
      for index in 0..<(2 * channels) { sums[index] += sums[part * stride + index] }
    }
    for channel in 0..<channels { finish(channel, sums[channel], sums[channels + channel]) }
  }

  /// Adds up a block of rows, 8 or 16 channels at a time, in registers.
  @inline(__always)
  private static func add(_ terms: some ChannelTerms, _ channels: Int, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>) {
    var channel = 0
    while channel + 16 <= channels {
      var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      var (c, d) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      for row in rows {
        let low = terms.terms(row * channels + channel, channel, lanes: 8)
        let high = terms.terms(row * channels + channel + 8, channel + 8, lanes: 8)
        (a, b, c, d) = (a + low.first, b + low.second, c + high.first, d + high.second)
      }
      sums.add(a, at: channel, lanes: 8)
      sums.add(b, at: channels + channel, lanes: 8)
      sums.add(c, at: channel + 8, lanes: 8)
      sums.add(d, at: channels + channel + 8, lanes: 8)
      channel += 16
    }
    while channel < channels {
      let lanes = min(8, channels - channel)
      var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      for row in rows {
        let term = terms.terms(row * channels + channel, channel, lanes: lanes)
        (a, b) = (a + term.first, b + term.second)
      }
      sums.add(a, at: channel, lanes: lanes)
      sums.add(b, at: channels + channel, lanes: lanes)
      channel += lanes
    }
  }
}

/// What is summed at an index of the array and its channel, for some lanes from there on.
private protocol ChannelTerms {
  func terms(_ index: Int, _ channel: Int, lanes: Int) -> (first: SIMD8<Double>, second: SIMD8<Double>)
}

private struct MomentTerms: ChannelTerms {
  let x: UnsafePointer<Float>

  @inline(__always)
  func terms(_ index: Int, _ channel: Int, lanes: Int) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    let value = SIMD8<Double>((x + index).load(SIMD8<Float>.self, lanes: lanes))
    return (value, value * value)
  }
}

private struct GradientTerms: ChannelTerms {
  let gradient: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let means: UnsafePointer<Float>

  @inline(__always)
  func terms(_ index: Int, _ channel: Int, lanes: Int) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    terms(of: (gradient + index).load(SIMD8<Float>.self, lanes: lanes), x(index, lanes), channel, lanes)
  }

  @inline(__always)
  func x(_ index: Int, _ lanes: Int) -> SIMD8<Float> { (x + index).load(SIMD8<Float>.self, lanes: lanes) }

  @inline(__always)
  func terms(
    of g: SIMD8<Float>, _ x: SIMD8<Float>, _ channel: Int, _ lanes: Int
  ) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    (SIMD8<Double>(g), SIMD8<Double>(g * (x - (means + channel).load(SIMD8<Float>.self, lanes: lanes))))
  }
}

/// Of the gradient as the rectifier behind the batch norm lets it through.
private struct GatedTerms: ChannelTerms {
  let terms: GradientTerms
  let constants: UnsafePointer<Float>
  let channels: Int

  @inline(__always)
  func terms(_ index: Int, _ channel: Int, lanes: Int) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    let x = terms.x(index, lanes)
    let g = (terms.gradient + index).load(SIMD8<Float>.self, lanes: lanes)
    let gated = ChannelGate(constants: constants + channel, channels: channels).open(g, x, lanes: lanes)
    return terms.terms(of: gated, x, channel, lanes)
  }
}

extension UnsafeMutablePointer<Double> {
  @inline(__always)
  fileprivate func add(_ vector: SIMD8<Double>, at index: Int, lanes: Int) {
    for lane in 0..<lanes { self[index + lane] += vector[lane] }
  }
}
