import Kernels
import Testing

/// Moments, both directions of batch norm and pooling against plain loops in double precision.
@Suite struct BatchNormTests {
  static let layouts: [ChannelLayout] = [
    .init(rows: 100, channels: 3), .init(rows: 5, channels: 20), .init(rows: 192, channels: 16), .init(rows: 256, channels: 64),
    .init(rows: 1000, channels: 8), .init(rows: 64 * 256, channels: 5), .init(rows: 14, channels: 33), .init(rows: 1, channels: 2)
  ]

  @Test(arguments: layouts)
  func momentsAreMeanAndBiasedVariance(layout: ChannelLayout) {
    let sample = BatchNormCase(layout)
    for pool in pools { #expect(sample.moments(pool).deviation(from: sample.naiveMoments) < 1e-6) }
  }

  /// A variance taken as Σx²/m − mean² in float32 would have no digit left here.
  @Test(arguments: layouts.filter { $0.rows > 100 })
  func momentsSurviveALargeMean(layout: ChannelLayout) {
    let sample = BatchNormCase(layout, mean: 3000)
    let moments = sample.moments(pools[0]).values
    for channel in layout.channels..<2 * layout.channels {
      #expect(abs(Double(moments[channel]) / sample.naiveMoments[channel] - 1) < 1e-5)
    }
  }

  @Test(arguments: layouts, [true, false])
  func forwardIsTheDefinition(layout: ChannelLayout, affine: Bool) {
    let sample = BatchNormCase(layout)
    for pool in pools {
      #expect(sample.forward(pool, affine: affine).deviation(from: sample.naiveForward(affine: affine)) < 1e-5)
    }
  }

  @Test(arguments: layouts.filter { $0.rows > 1 }, [true, false])
  func inputGradientIsTheDefinition(layout: ChannelLayout, affine: Bool) {
    let sample = BatchNormCase(layout)
    for pool in pools {
      #expect(sample.sums(pool).deviation(from: sample.naiveSums) < 1e-5)
      let gradient = sample.inputGradient(pool, affine: affine)
      #expect(gradient.deviation(from: sample.naiveInputGradient(affine: affine)) < 1e-5)
    }
  }

  @Test(arguments: layouts)
  func oneThreadCountGivesOneResult(layout: ChannelLayout) {
    let sample = BatchNormCase(layout)
    for pool in pools {
      #expect(sample.moments(pool).hasBits(of: sample.moments(pool)))
      #expect(sample.forward(pool, affine: true).hasBits(of: sample.forward(pool, affine: true)))
      #expect(sample.sums(pool).hasBits(of: sample.sums(pool)))
      #expect(sample.inputGradient(pool, affine: true).hasBits(of: sample.inputGradient(pool, affine: true)))
    }
  }

  /// The gate is found again from x: the same as that of the result, to the last bit.
  @Test(arguments: layouts.filter { $0.rows > 1 })
  func theGradientBehindARectifierIsThatOfTheGatedOne(layout: ChannelLayout) {
    let sample = BatchNormCase(layout)
    for pool in pools {
      let y = sample.forward(pool, affine: true)
      let gated = BatchNormCase(sample, gradient: zip(sample.g.values, y.values).map { $1 > 0 ? $0 : 0 })
      #expect(sample.sums(pool, rectified: true).hasBits(of: gated.sums(pool)))
      let direct = sample.inputGradient(pool, affine: true, rectified: true)
      #expect(direct.deviation(from: gated.inputGradient(pool, affine: true).values.map(Double.init)) < 1e-6)
    }
  }

  @Test(arguments: [(4, 25, 3), (1, 1, 2), (3, 64, 16), (64, 16, 40)])
  func poolingIsTheMeanAndItsAdjoint(images: Int, pixels: Int, channels: Int) {
    let x = Floats(random: images * pixels * channels, "pooled")
    for pool in pools {
      let (y, back) = (Floats(count: images * channels), Floats(count: x.count))
      GlobalAveragePool.forward(x: x.pointer, images: images, pixels: pixels, channels: channels, into: y.pointer, pool: pool)
      GlobalAveragePool.gradient(y.pointer, images: images, pixels: pixels, channels: channels, into: back.pointer, pool: pool)
      let means = (0..<images * channels).map { index in
        let (image, channel) = index.quotientAndRemainder(dividingBy: channels)
        return (0..<pixels).reduce(0.0) { $0 + Double(x[(image * pixels + $1) * channels + channel]) } / Double(pixels)
      }
      #expect(y.deviation(from: means) < 1e-6)
      let shares = (0..<x.count).map { means[$0 / (pixels * channels) * channels + $0 % channels] / Double(pixels) }
      #expect(back.deviation(from: shares) < 1e-6)
    }
  }

  @Test func momentumStepIsPyTorchs() {
    let count = 40_000
    let (weight, velocity, gradient) = (Floats(random: count, "w"), Floats(random: count, "v"), Floats(random: count, "g"))
    let speeds = (0..<count).map { 0.9 * Double(velocity[$0]) + Double(gradient[$0]) + 1e-2 * Double(weight[$0]) }
    let weights = (0..<count).map { Double(weight[$0]) - 0.3 * speeds[$0] }
    MomentumStep.run(
      weight: weight.pointer, velocity: velocity.pointer, gradient: gradient.pointer, count: count, rate: 0.3, momentum: 0.9,
      decay: 1e-2, pool: pools[1])
    #expect(velocity.deviation(from: speeds) < 1e-6)
    #expect(weight.deviation(from: weights) < 1e-6)
  }
}

private struct BatchNormCase {
  let layout: ChannelLayout
  let x: Floats
  let g: Floats
  let scale: Floats
  let shift: Floats
  let epsilon = 1e-3

  init(_ layout: ChannelLayout, mean: Float = 0.3) {
    self.layout = layout
    let count = layout.rows * layout.channels
    x = Floats(random: count, "x", mean: mean)
    g = Floats(random: count, "g", mean: 0.1)
    scale = Floats(random: layout.channels, "scale", mean: 2)
    shift = Floats(random: layout.channels, "shift")
  }

  /// With another gradient.
  init(_ other: Self, gradient: [Float]) {
    (layout, x, scale, shift) = (other.layout, other.x, other.scale, other.shift)
    g = Floats(count: gradient.count)
    for (index, value) in gradient.enumerated() { g.pointer[index] = value }
  }

  private var affine: BatchNorm.Affine { BatchNorm.Affine(scale: scale.pointer, shift: shift.pointer) }

  func moments(_ pool: ThreadPool) -> Floats {
    let moments = Floats(count: 2 * layout.channels)
    let scratch = Floats(count: ChannelSums.scratchCount(channels: layout.channels, threads: pool.threadCount))
    ChannelSums.moments(of: x.pointer, layout, into: moments.pointer, scratch: scratch.pointer, pool: pool)
    return moments
  }

  func sums(_ pool: ThreadPool, rectified: Bool = false) -> Floats {
    let sums = Floats(count: 2 * layout.channels)
    let scratch = Floats(count: ChannelSums.scratchCount(channels: layout.channels, threads: pool.threadCount))
    ChannelSums.gradientSums(
      gradient: g.pointer, x: x.pointer, moments: moments(pool).pointer, epsilon: Float(epsilon),
      rectified: rectified ? affine : nil, layout, into: sums.pointer, scratch: scratch.pointer, pool: pool)
    return sums
  }

  /// In place, as a program may run it.
  func forward(_ pool: ThreadPool, affine: Bool) -> Floats {
    let (y, moments) = (Floats(count: x.count), moments(pool))
    let scratch = Floats(count: BatchNorm.scratchCount(channels: layout.channels))
    y.pointer.update(from: x.pointer, count: x.count)
    BatchNorm.forward(
      x: y.pointer, mean: moments.pointer, variance: moments.pointer + layout.channels,
      affine ? self.affine : BatchNorm.Affine(scale: nil, shift: nil), epsilon: Float(epsilon), layout, into: y.pointer, scratch: scratch.pointer,
      pool: pool)
    return y
  }

  func inputGradient(_ pool: ThreadPool, affine: Bool, rectified: Bool = false) -> Floats {
    let (result, moments, sums) = (Floats(count: x.count), moments(pool), sums(pool, rectified: rectified))
    let scratch = Floats(count: BatchNorm.scratchCount(channels: layout.channels))
    result.pointer.update(from: g.pointer, count: g.count)
    BatchNorm.InputGradient(
      x: x.pointer, moments: moments.pointer, sums: sums.pointer, scale: affine ? scale.pointer : nil, epsilon: Float(epsilon),
      rectified: rectified ? self.affine : nil
    ).run(result.pointer, layout, into: result.pointer, scratch: scratch.pointer, pool: pool)
    return result
  }

  private func channel(of index: Int) -> Int { index % layout.channels }

  private func channelMeans(_ term: (Int) -> Double) -> [Double] {
    var sums = Array(repeating: 0.0, count: layout.channels)
    for index in 0..<x.count { sums[channel(of: index)] += term(index) }
    return sums.map { $0 / Double(layout.rows) }
  }

  var naiveMoments: [Double] {
    let means = channelMeans { Double(x[$0]) }
    let variances = channelMeans { index in
      let difference = Double(x[index]) - means[channel(of: index)]
      return difference * difference
    }
    return means + variances
  }

  private var normalized: [Double] {
    let moments = naiveMoments
    return (0..<x.count).map { index in
      let c = channel(of: index)
      return (Double(x[index]) - moments[c]) / (moments[layout.channels + c] + epsilon).squareRoot()
    }
  }

  func naiveForward(affine: Bool) -> [Double] {
    normalized.enumerated().map { index, value in
      let c = channel(of: index)
      return affine ? value * Double(scale[c]) + Double(shift[c]) : value
    }
  }

  var naiveSums: [Double] {
    let normalized = normalized
    let count = Double(layout.rows)
    return (channelMeans { Double(g[$0]) } + channelMeans { Double(g[$0]) * normalized[$0] }).map { $0 * count }
  }

  func naiveInputGradient(affine: Bool) -> [Double] {
    let (normalized, moments) = (normalized, naiveMoments)
    let means = naiveSums.map { $0 / Double(layout.rows) }
    return (0..<x.count).map { index in
      let c = channel(of: index)
      let factor = (affine ? Double(scale[c]) : 1) / (moments[layout.channels + c] + epsilon).squareRoot()
      return factor * (Double(g[index]) - means[c] - normalized[index] * means[layout.channels + c])
    }
  }
}
