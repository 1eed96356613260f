/// One way of computing a convolution's three passes; `Convolution` says what their arguments are.
protocol ConvolutionPasses: Sendable {
  func forwardScratch(threads: Int) -> Int
  func inputGradientScratch(threads: Int) -> Int
  func weightGradientScratch(threads: Int) -> Int

  func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool)
  func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool)
  func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool)
}
