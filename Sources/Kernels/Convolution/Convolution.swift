/// The three passes of a convolution over `ThreadPool`: forward, gradient of the input, gradient of the weight.
///
/// Pointers: images with their channels last, [N, H, W, C], and [O, C, k, k] weights, dense, not overlapping. `scratch` holds as
/// many floats as the pass's `…Scratch` says and needs no content. Nothing is allocated.
public struct Convolution: Sendable {
  /// How the sums are made.
  public enum Method: Hashable, Sendable, CaseIterable {
    /// By Winograd's F(4×4, 3×3), where it suits.
    case winograd
    /// By register tiles, where the processor has 512-bit vectors and the channels that they go over are a multiple of 8.
    case direct
    /// By OpenBLAS's matrix product of the unfolded images.
    case unfolded
  }

  public let geometry: ConvolutionGeometry
  private let forwardPass: any ConvolutionPasses
  private let inputPass: any ConvolutionPasses
  private let weightPass: any ConvolutionPasses

  /// - Parameter method: what to use; a pass that it does not suit is made by the next one in the list.
  public init(_ geometry: ConvolutionGeometry, method: Method = .winograd) {
    self.geometry = geometry
    if method == .winograd && WinogradConvolution.suits(geometry) {
      let passes = WinogradConvolution(geometry)
      (forwardPass, inputPass, weightPass) = (passes, passes, passes)
    } else {
      let (direct, unfolded) = (DirectConvolution(geometry), UnfoldedConvolution(geometry))
      let usesTiles = method != .unfolded && Panel.hasWideVectors
      let takesOutputs = usesTiles && direct.outputPanels != nil
      forwardPass = takesOutputs ? direct : unfolded
      inputPass = usesTiles && direct.inputPanels != nil ? direct : unfolded
      weightPass = takesOutputs ? direct : unfolded
    }
  }

  public func forwardScratch(threads: Int) -> Int { forwardPass.forwardScratch(threads: threads) }
  public func inputGradientScratch(threads: Int) -> Int { inputPass.inputGradientScratch(threads: threads) }
  public func weightGradientScratch(threads: Int) -> Int { weightPass.weightGradientScratch(threads: threads) }

  /// y = x ∗ w. `input` [N, H, W, C], `weight` [O, C, k, k], `output` [N, H′, W′, O].
  public func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    forwardPass.forward(input: input, weight: weight, output: output, scratch: scratch, pool: pool)
  }

  /// ∂L/∂x from `gradient` = ∂L/∂y [N, H′, W′, O] and `weight` [O, C, k, k]: the adjoint of `forward` in x.
  public func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    inputPass.inputGradient(gradient: gradient, weight: weight, into: inputGradient, scratch: scratch, pool: pool)
  }

  /// ∂L/∂w from `gradient` = ∂L/∂y [N, H′, W′, O] and `input` [N, H, W, C]: the adjoint of `forward` in w. Every part of the
  /// batch has sums of its own; these are added in the order of the parts.
  public func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    weightPass.weightGradient(gradient: gradient, input: input, into: weightGradient, scratch: scratch, pool: pool)
  }
}
