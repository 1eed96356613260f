import Kernels
import Testing

/// The three passes against the definition, in double precision, and against each other as adjoints.
@Suite struct ConvolutionTests {
  /// images, C, H, W, O, side, stride, padding: odd extents, strides that leave rows over or jump over pixels, tiles of many
  /// images and of few rows.
  static let geometries: [ConvolutionGeometry] = [
    .init(images: 3, inputChannels: 2, height: 5, width: 5, outputChannels: 4, side: 3, stride: 1, padding: 1),
    .init(images: 2, inputChannels: 3, height: 7, width: 5, outputChannels: 2, side: 3, stride: 2, padding: 1),
    .init(images: 2, inputChannels: 3, height: 6, width: 9, outputChannels: 2, side: 3, stride: 2, padding: 0),
    .init(images: 3, inputChannels: 4, height: 8, width: 8, outputChannels: 5, side: 1, stride: 2, padding: 0),
    .init(images: 2, inputChannels: 2, height: 6, width: 6, outputChannels: 3, side: 1, stride: 1, padding: 0),
    .init(images: 2, inputChannels: 1, height: 11, width: 12, outputChannels: 2, side: 5, stride: 3, padding: 2),
    .init(images: 2, inputChannels: 2, height: 9, width: 9, outputChannels: 2, side: 2, stride: 3, padding: 1),
    .init(images: 2, inputChannels: 2, height: 1, width: 1, outputChannels: 2, side: 5, stride: 4, padding: 2),
    .init(images: 7, inputChannels: 8, height: 4, width: 4, outputChannels: 16, side: 3, stride: 1, padding: 1),
    .init(images: 40, inputChannels: 4, height: 8, width: 8, outputChannels: 8, side: 3, stride: 2, padding: 1),
    .init(images: 3, inputChannels: 3, height: 48, width: 64, outputChannels: 4, side: 3, stride: 1, padding: 1),
    .init(images: 2, inputChannels: 3, height: 44, width: 32, outputChannels: 4, side: 3, stride: 2, padding: 1),
    .init(images: 2, inputChannels: 256, height: 16, width: 16, outputChannels: 3, side: 3, stride: 1, padding: 1),
    .init(images: 5, inputChannels: 16, height: 32, width: 32, outputChannels: 19, side: 3, stride: 2, padding: 1),
    .init(images: 4, inputChannels: 32, height: 16, width: 16, outputChannels: 16, side: 3, stride: 2, padding: 1),
    .init(images: 8, inputChannels: 17, height: 33, width: 35, outputChannels: 8, side: 3, stride: 2, padding: 1),
    .init(images: 3, inputChannels: 32, height: 8, width: 8, outputChannels: 48, side: 3, stride: 1, padding: 1),
    .init(images: 30, inputChannels: 16, height: 7, width: 11, outputChannels: 16, side: 3, stride: 1, padding: 1),
    .init(images: 5, inputChannels: 64, height: 4, width: 4, outputChannels: 80, side: 3, stride: 1, padding: 1),
    .init(images: 13, inputChannels: 16, height: 8, width: 16, outputChannels: 32, side: 3, stride: 2, padding: 1),
    .init(images: 3, inputChannels: 48, height: 31, width: 15, outputChannels: 64, side: 3, stride: 2, padding: 1),
    .init(images: 30, inputChannels: 32, height: 7, width: 22, outputChannels: 16, side: 3, stride: 2, padding: 1),
    .init(images: 2, inputChannels: 24, height: 9, width: 6, outputChannels: 40, side: 1, stride: 2, padding: 0),
    .init(images: 2, inputChannels: 8, height: 10, width: 10, outputChannels: 112, side: 5, stride: 2, padding: 2),
    .init(images: 1, inputChannels: 3, height: 4, width: 13, outputChannels: 96, side: 3, stride: 1, padding: 1)
  ]

  @Test(arguments: geometries, Convolution.Method.allCases)
  func forwardIsTheDefinition(g: ConvolutionGeometry, method: Convolution.Method) {
    let sample = ConvolutionCase(g, method)
    for pool in pools { #expect(sample.forward(pool).deviation(from: sample.naiveForward) < method.tolerance) }
  }

  /// A result that is too large for the caches, 2²¹ floats or more, is written past them.
  @Test func whatIsStreamedArrives() {
    let geometry = ConvolutionGeometry(
      images: 66, inputChannels: 3, height: 32, width: 32, outputChannels: 32, side: 3, stride: 1, padding: 1)
    let sample = ConvolutionCase(geometry, .direct)
    let expected = ConvolutionCase(sample, .unfolded).forward(pools[1]).values.map(Double.init)
    for pool in pools { #expect(sample.forward(pool).deviation(from: expected) < 1e-5) }
  }

  @Test(arguments: geometries, Convolution.Method.allCases)
  func inputGradientIsTheDefinition(g: ConvolutionGeometry, method: Convolution.Method) {
    let sample = ConvolutionCase(g, method)
    for pool in pools { #expect(sample.inputGradient(pool).deviation(from: sample.naiveInputGradient) < method.tolerance) }
  }

  @Test(arguments: geometries, Convolution.Method.allCases)
  func weightGradientIsTheDefinition(g: ConvolutionGeometry, method: Convolution.Method) {
    let sample = ConvolutionCase(g, method)
    for pool in pools { #expect(sample.weightGradient(pool).deviation(from: sample.naiveWeightGradient) < method.tolerance) }
  }

  @Test(arguments: geometries, Convolution.Method.allCases)
  func aThreadCountGivesOneResult(g: ConvolutionGeometry, method: Convolution.Method) {
    let sample = ConvolutionCase(g, method)
    for pool in pools {
      #expect(sample.forward(pool).hasBits(of: sample.forward(pool)))
      #expect(sample.inputGradient(pool).hasBits(of: sample.inputGradient(pool)))
      #expect(sample.weightGradient(pool).hasBits(of: sample.weightGradient(pool)))
    }
  }
}

extension Convolution.Method {
  /// A share of the largest result. Winograd's transforms add and take away numbers larger than the result.
  fileprivate var tolerance: Double { self == .winograd ? 2e-5 : 1e-5 }
}
