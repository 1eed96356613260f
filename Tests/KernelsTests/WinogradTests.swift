import Kernels
import Testing

/// How far the sums of Winograd and of the definition in float32 are from the definition in float64; the numbers in
/// `WinogradConvolution` are these.
@Suite struct WinogradTests {
  /// ResNet-18's four stages on images of 32×32.
  static let stages = [(64, 32), (128, 16), (256, 8), (512, 4)].map { channels, side in
    ConvolutionGeometry(
      images: 2, inputChannels: channels, height: side, width: side, outputChannels: channels, side: 3, stride: 1, padding: 1)
  }

  /// Its layers of stride 2.
  static let halvings = [(64, 32), (128, 16), (256, 8)].map { channels, side in
    ConvolutionGeometry(
      images: 2, inputChannels: channels, height: side, width: side, outputChannels: 2 * channels, side: 3, stride: 2, padding: 1)
  }

  @Test(arguments: stages + halvings)
  func errorsOfResNetsStages(g: ConvolutionGeometry) {
    let sample = ConvolutionCase(normal: g)
    for (pass, exact, result) in passes(of: sample) {
      let direct = RelativeError(result(ConvolutionCase(sample, .direct)).values.map(Double.init), exact)
      #expect(direct.mean < 2e-6 && direct.largest < 6e-6, "\(pass): \(direct)")
      let winograd = RelativeError(result(ConvolutionCase(sample, .winograd)).values.map(Double.init), exact)
      #expect(winograd.mean < 1e-5 && winograd.largest < 4e-5, "\(pass): \(winograd)")
    }
  }

  /// A result that is too large for the caches is written past them; 2²¹ floats are.
  @Test func whatIsStreamedArrives() {
    let geometry = ConvolutionGeometry(
      images: 128, inputChannels: 16, height: 32, width: 32, outputChannels: 16, side: 3, stride: 2, padding: 1)
    let sample = ConvolutionCase(geometry, .winograd)
    let expected = ConvolutionCase(sample, .direct).inputGradient(pools[1]).values.map(Double.init)
    for pool in pools { #expect(sample.inputGradient(pool).deviation(from: expected) < 2e-5) }
  }

  /// Channels meet in products alone, whatever their scale.
  @Test func aLoudChannelIsAsGoodAsAnyOther() {
    let sample = ConvolutionCase(normal: Self.stages[0])
    for index in stride(from: 5, to: sample.x.count, by: 64) { sample.x.pointer[index] *= 1e4 }
    let exact = sample.naiveForward
    let everything = Array(exact.indices)
    #expect(error(.direct, sample, exact, at: everything) < 2e-6)
    #expect(error(.winograd, sample, exact, at: everything) < 1e-5)
  }

  /// A pixel is added to all outputs of its tiles and taken away again, which leaves its rounding there; direct sums do not meet it.
  @Test func aLoudPixelIsForDirectSums() {
    let sample = ConvolutionCase(normal: Self.stages[0])
    let (row, column) = (10, 12)
    for channel in 0..<64 { sample.x.pointer[(row * 32 + column) * 64 + channel] *= 1e4 }
    let exact = sample.naiveForward
    let elsewhere = exact.indices.filter { index in
      let (i, j) = (index / (64 * 32), index / 64 % 32)
      return abs(i - row) > 1 || abs(j - column) > 1
    }
    #expect(error(.direct, sample, exact, at: elsewhere) < 2e-6)
    #expect(error(.winograd, sample, exact, at: elsewhere) > 1e-5)
  }

  /// The root mean square of forward's error on some of the outputs.
  private func error(_ method: Convolution.Method, _ sample: ConvolutionCase, _ exact: [Double], at places: [Int]) -> Double {
    let y = ConvolutionCase(sample, method).forward(pools[1])
    return RelativeError(places.map { Double(y[$0]) }, places.map { exact[$0] }).mean
  }

  private func passes(of sample: ConvolutionCase) -> [(name: String, exact: [Double], result: (ConvolutionCase) -> Floats)] {
    [
      ("forward", sample.naiveForward, { $0.forward(pools[1]) }),
      ("input gradient", sample.naiveInputGradient, { $0.inputGradient(pools[1]) }),
      ("weight gradient", sample.naiveWeightGradient, { $0.weightGradient(pools[1]) })
    ]
  }
}

/// Of float32 results to exact ones.
private struct RelativeError {
  /// Root mean square of the difference, relative to that of the result.
  let mean: Double
  /// The largest difference, relative to the largest result.
  let largest: Double

  init(_ results: [Double], _ exact: [Double]) {
    let differences = zip(results, exact).map { $0 - $1 }
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    func most(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
    mean = (squares(differences) / squares(exact)).squareRoot()
    largest = most(differences) / most(exact)
  }
}
