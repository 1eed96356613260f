/// Sums over all entries of each channel: the reductions of batch norm.
///
/// The channels are shared out to the threads, so a sum does not depend on how many there are. A thread walks the images in order
/// and, in each, over its channels, which are neighbours in memory: the array is read once, in long runs. Sums are in double
/// precision: the square of a float32 is exact there, so Σx² − (Σx)²/n is off by about 2⁻⁵³ · (mean² + variance), below what
/// float32 data can show even when the mean is ten thousand standard deviations, and one pass is enough.
///
/// `scratch` holds `scratchCount(channels)` floats. Arrays do not overlap. Nothing is allocated.
public enum ChannelSums {
  public static func scratchCount(channels: Int) -> Int { 2 * 2 * channels }

  /// `moments` [2, C] ← mean and biased variance, Σ(x − mean)² / (N·P), of `x` [N, C, P].
  public static func moments(
    of x: UnsafePointer<Float>, _ layout: ChannelLayout, into moments: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    reduce(MomentTerms(x: x), layout, scratch, pool) { channel, sum, squares in
      let count = Double(layout.countPerChannel)
      let mean = sum / count
      moments[channel] = Float(mean)
      moments[layout.channels + channel] = Float(max(0, squares / count - mean * mean))
    }
  }

  /// `sums` [2, C] ← Σg and Σg·x̂ of `gradient` g and `x` [N, C, P], with x̂ = (x − mean) / √(variance + ε) and `moments` [2, C]
  /// of x: the gradients of batch norm's shift and scale.
  public static func gradientSums(
    gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, moments: UnsafePointer<Float>, epsilon: Float,
    _ layout: ChannelLayout, into sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    reduce(GradientTerms(gradient: gradient, x: x, means: moments), layout, scratch, pool) { channel, sum, product in
      let deviation = (moments[layout.channels + channel] + epsilon).squareRoot()
      sums[channel] = Float(sum)
      sums[layout.channels + channel] = Float(product / Double(deviation))
    }
  }

  /// Calls `finish(channel, first sum, second sum)` for every channel, on the thread that summed it.
  @inline(__always)
  private static func reduce(
    _ terms: some ChannelTerms, _ layout: ChannelLayout, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool,
    finish: (Int, Double, Double) -> Void
  ) {
    // Scratch is nothing but bytes; it is aligned to cache lines.
    let sums = UnsafeMutableRawPointer(scratch).bindMemory(to: Double.self, capacity: 2 * layout.channels)
    pool.split(layout.channels, minimumPart: layout.smallestPart) { _, channels in
      let first = sums + 2 * channels.lowerBound
      let second = first + channels.count
      first.update(repeating: 0, count: 2 * channels.count)
      if layout.pixels == 1 {
        sumRows(terms, layout, channels, first, second)
      } else {
        sumImages(terms, layout, channels, first, second)
      }
      for (index, channel) in channels.enumerated() { finish(channel, first[index], second[index]) }
    }
  }

  /// [N, C]: neighbours are channels; eight of them are summed side by side.
  @inline(__always)
  private static func sumRows(
    _ terms: some ChannelTerms, _ layout: ChannelLayout, _ channels: Range<Int>, _ first: UnsafeMutablePointer<Double>,
    _ second: UnsafeMutablePointer<Double>
  ) {
    for image in 0..<layout.images {
      let row = image * layout.channels
      var index = 0
      while index + 8 <= channels.count {
        let channel = channels.lowerBound + index
        let term = terms.vector(row + channel, means: terms.means.map { ($0 + channel).load(SIMD8<Float>.self) } ?? .zero)
        first.add(term.first, at: index)
        second.add(term.second, at: index)
        index += 8
      }
      while index < channels.count {
        let channel = channels.lowerBound + index
        let term = terms.scalar(row + channel, mean: terms.means?[channel] ?? 0)
        first[index] += term.first
        second[index] += term.second
        index += 1
      }
    }
  }

  /// [N, C, P]: neighbours are entries of one channel; 16 of them are summed in two vectors.
  @inline(__always)
  private static func sumImages(
    _ terms: some ChannelTerms, _ layout: ChannelLayout, _ channels: Range<Int>, _ first: UnsafeMutablePointer<Double>,
    _ second: UnsafeMutablePointer<Double>
  ) {
    for image in 0..<layout.images {
      for (index, channel) in channels.enumerated() {
        let start = (image * layout.channels + channel) * layout.pixels
        let mean = terms.means?[channel] ?? 0
        let means = SIMD8<Float>(repeating: mean)
        var sums = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
        var pixel = 0
        while pixel + 16 <= layout.pixels {
          let low = terms.vector(start + pixel, means: means)
          let high = terms.vector(start + pixel + 8, means: means)
          sums = (sums.0 + low.first, sums.1 + low.second, sums.2 + high.first, sums.3 + high.second)
          pixel += 16
        }
        first[index] += (sums.0 + sums.2).sum()
        second[index] += (sums.1 + sums.3).sum()
        while pixel < layout.pixels {
          let term = terms.scalar(start + pixel, mean: mean)
          first[index] += term.first
          second[index] += term.second
          pixel += 1
        }
      }
    }
  }
}

/// What is summed at each index, given the mean of the index's channel.
private protocol ChannelTerms {
  /// One for each channel; nil where none is needed.
  var means: UnsafePointer<Float>? { get }
  func vector(_ index: Int, means: SIMD8<Float>) -> (first: SIMD8<Double>, second: SIMD8<Double>)
  func scalar(_ index: Int, mean: Float) -> (first: Double, second: Double)
}

private struct MomentTerms: ChannelTerms {
  let x: UnsafePointer<Float>
  var means: UnsafePointer<Float>? { nil }

  @inline(__always)
  func vector(_ index: Int, means: SIMD8<Float>) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    let value = SIMD8<Double>((x + index).load(SIMD8<Float>.self))
    return (value, value * value)
  }

  @inline(__always)
  func scalar(_ index: Int, mean: Float) -> (first: Double, second: Double) {
    let value = Double(x[index])
    return (value, value * value)
  }
}

private struct GradientTerms: ChannelTerms {
  let gradient: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let means: UnsafePointer<Float>?

  @inline(__always)
  func vector(_ index: Int, means: SIMD8<Float>) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
    let g = (gradient + index).load(SIMD8<Float>.self)
    return (SIMD8<Double>(g), SIMD8<Double>(g * ((x + index).load(SIMD8<Float>.self) - means)))
  }

  @inline(__always)
  func scalar(_ index: Int, mean: Float) -> (first: Double, second: Double) {
    (Double(gradient[index]), Double(gradient[index] * (x[index] - mean)))
  }
}

extension UnsafeMutablePointer<Double> {
  @inline(__always)
  fileprivate func add(_ vector: SIMD8<Double>, at index: Int) {
    let place = UnsafeMutableRawPointer(self + index)
    place.storeBytes(of: place.loadUnaligned(as: SIMD8<Double>.self) + vector, as: SIMD8<Double>.self)
  }
}
