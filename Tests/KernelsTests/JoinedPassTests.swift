import Kernels
import Testing

/// What a convolution does on its way, against the passes that do it alone.
@Suite struct JoinedPassTests {
  /// Those of `ConvolutionTests` and more: tiles that stick out, parts of one tile, more parts than images, results that are streamed,
  /// weights that are gone through by slabs in one direction.
  static let geometries =
    ConvolutionTests.geometries + [
      .init(images: 1, inputChannels: 16, height: 8, width: 8, outputChannels: 32, side: 3, stride: 2, padding: 1),
      .init(images: 2, inputChannels: 16, height: 18, width: 14, outputChannels: 48, side: 3, stride: 1, padding: 1),
      .init(images: 3, inputChannels: 3, height: 9, width: 7, outputChannels: 16, side: 3, stride: 1, padding: 1),
      .init(images: 5, inputChannels: 3, height: 6, width: 5, outputChannels: 64, side: 3, stride: 2, padding: 1),
      .init(images: 2, inputChannels: 1, height: 8, width: 8, outputChannels: 32, side: 3, stride: 1, padding: 1),
      .init(images: 5, inputChannels: 352, height: 4, width: 4, outputChannels: 384, side: 3, stride: 1, padding: 1),
      .init(images: 5, inputChannels: 384, height: 4, width: 4, outputChannels: 352, side: 3, stride: 1, padding: 1),
      .init(images: 66, inputChannels: 3, height: 32, width: 32, outputChannels: 32, side: 3, stride: 1, padding: 1),
      .init(images: 130, inputChannels: 16, height: 32, width: 32, outputChannels: 16, side: 3, stride: 2, padding: 1)
    ]

  static let methods: [Convolution.Method] = [.winograd, .direct]

  @Test(arguments: geometries, methods) func momentsOnTheWay(g: ConvolutionGeometry, method: Convolution.Method) {
    let sample = ConvolutionCase(g, method)
    guard sample.convolution.canTakeMoments else { return }
    for pool in pools {
      let (y, alone) = (sample.forward(pool), Floats(count: 2 * g.outputChannels))
      let (layout, scratch) = (g.outputLayout, sums(g.outputChannels, pool))
      ChannelSums.moments(of: y.pointer, layout, into: alone.pointer, scratch: scratch.pointer, pool: pool)
      let (joined, moments) = sample.forwardWithMoments(pool)
      #expect(joined.hasBits(of: y))
      for channel in 0..<g.outputChannels {
        let deviation = alone[g.outputChannels + channel].squareRoot()
        #expect(abs(moments[channel] - alone[channel]) <= 1e-6 * max(deviation, abs(alone[channel])))
        #expect(abs(moments[g.outputChannels + channel] - alone[g.outputChannels + channel]) <= 1e-5 * deviation * deviation)
      }
    }
  }

  /// The variance survives a mean of thousands of deviations, as it does in a pass of its own.
  @Test func momentsSurviveALargeMean() {
    let g = ConvolutionGeometry(images: 40, inputChannels: 3, height: 8, width: 8, outputChannels: 16, side: 3, stride: 1, padding: 0)
    let sample = ConvolutionCase(g, .direct)
    for index in 0..<sample.x.count { sample.x.pointer[index] += 3000 }
    for pool in pools {
      let (y, moments) = sample.forwardWithMoments(pool)
      for channel in 0..<16 {
        let values = stride(from: channel, to: y.count, by: 16).map { Double(y[$0]) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(Double(moments[channel]) / mean - 1) < 1e-6)
        #expect(abs(Double(moments[16 + channel]) / variance - 1) < 1e-4)
      }
    }
  }

  /// A number that is none, or infinite, is in all that is made of it.
  @Test(arguments: [Float.nan, .infinity], [Convolution.Method.winograd, .direct]) func whatIsNotFiniteStaysSo(
    number: Float, method: Convolution.Method
  ) {
    let g = ConvolutionGeometry(images: 8, inputChannels: 16, height: 8, width: 8, outputChannels: 16, side: 3, stride: 1, padding: 1)
    let sample = ConvolutionCase(g, method)
    guard sample.convolution.canTakeMoments else { return }
    sample.x.pointer[sample.x.count - 100] = number
    for pool in pools {
      let moments = sample.forwardWithMoments(pool).moments
      #expect((0..<16).allSatisfy { !moments[$0].isFinite && moments[16 + $0].isNaN })
    }
  }

  @Test(arguments: geometries, [true, false]) func gradientSumsOnTheWay(g: ConvolutionGeometry, affine: Bool) {
    let sample = ConvolutionCase(g, .winograd)
    guard sample.convolution.canTakeGradientSums else { return }
    let norm = NormCase(channels: g.inputChannels, rows: g.inputLayout.rows, affine: affine)
    for pool in pools {
      let (gradient, alone) = (sample.inputGradient(pool), Floats(count: 2 * g.inputChannels))
      ChannelSums.gradientSums(
        gradient: gradient.pointer, x: norm.x.pointer, moments: norm.moments.pointer, epsilon: 1e-3, rectified: norm.affine, g.inputLayout,
        into: alone.pointer, scratch: sums(g.inputChannels, pool).pointer, pool: pool)
      let (joined, taken) = (Floats(count: gradient.count), Floats(count: 2 * g.inputChannels))
      let wanted = BatchNorm.GradientSums(
        x: norm.x.pointer, moments: norm.moments.pointer, rectified: norm.affine, epsilon: 1e-3, into: taken.pointer)
      sample.convolution.inputGradient(
        gradient: sample.g.pointer, weight: sample.w.pointer, into: joined.pointer, sums: wanted,
        scratch: sample.scratch(sample.convolution.inputGradientScratch(threads: pool.threadCount)).pointer, pool: pool)
      #expect(joined.hasBits(of: gradient))
      #expect(taken.deviation(from: alone.values.map(Double.init)) < 1e-5)
    }
  }

  @Test(arguments: geometries, [true, false]) func gradientOfANormOnTheWay(g: ConvolutionGeometry, rectifies: Bool) {
    let sample = ConvolutionCase(g, .direct)
    guard sample.convolution.canMakeGradient else { return }
    let norm = NormCase(channels: g.outputChannels, rows: g.outputLayout.rows, affine: true)
    for pool in pools {
      let totals = Floats(random: 2 * g.outputChannels, "sums")
      let gradient = BatchNorm.InputGradient(
        x: norm.x.pointer, moments: norm.moments.pointer, sums: totals.pointer, scale: norm.scale.pointer, epsilon: 1e-3,
        rectified: rectifies ? norm.affine : nil)
      let made = Floats(count: sample.g.count)
      gradient.run(
        sample.g.pointer, g.outputLayout, into: made.pointer,
        scratch: Floats(count: BatchNorm.scratchCount(channels: g.outputChannels)).pointer, pool: pool)
      let alone = sample.weightGradient(of: made, pool)
      let joined = sample.weightGradient(of: sample.g, norm: gradient, pool)
      #expect(joined.hasBits(of: alone))
    }
  }

  @Test(arguments: geometries) func imagesWithTheirChannelsFirst(g: ConvolutionGeometry) {
    let sample = ConvolutionCase(g, .direct)
    guard sample.convolution.canReadPlanes else { return }
    let (pixels, planes) = (g.height * g.width, Floats(count: sample.x.count))
    for image in 0..<g.images {
      for pixel in 0..<pixels {
        for channel in 0..<g.inputChannels {
          planes.pointer[(image * g.inputChannels + channel) * pixels + pixel] = sample.x[(image * pixels + pixel) * g.inputChannels + channel]
        }
      }
    }
    let other = ConvolutionCase(sample, .direct, planes: planes)
    for pool in pools {
      #expect(other.forward(pool).hasBits(of: sample.forward(pool)))
      #expect(other.weightGradient(pool).hasBits(of: sample.weightGradient(pool)))
    }
  }

  private func sums(_ channels: Int, _ pool: ThreadPool) -> Floats {
    Floats(count: ChannelSums.scratchCount(channels: channels, threads: pool.threadCount))
  }
}

/// What a rectified batch norm was given; about half of it comes out above 0.
private struct NormCase {
  let x: Floats
  let moments: Floats
  let scale: Floats
  let shift: Floats
  let affine: BatchNorm.Affine

  init(channels: Int, rows: Int, affine: Bool) {
    x = Floats(random: rows * channels, "x of the norm", mean: 0.3)
    moments = Floats(random: 2 * channels, "moments")
    for channel in channels..<(2 * channels) { moments.pointer[channel] += 1.5 }
    (scale, shift) = (Floats(random: channels, "scale", mean: 2), Floats(random: channels, "shift"))
    self.affine = BatchNorm.Affine(scale: affine ? scale.pointer : nil, shift: affine ? shift.pointer : nil)
  }
}

extension ConvolutionGeometry {
  fileprivate var inputLayout: ChannelLayout { ChannelLayout(rows: images * height * width, channels: inputChannels) }
  fileprivate var outputLayout: ChannelLayout { ChannelLayout(rows: images * outputHeight * outputWidth, channels: outputChannels) }
}
