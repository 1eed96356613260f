/// The three passes of a convolution over `ThreadPool`: forward, gradient of the input, gradient of the weight.
///
/// Pointers: images with their channels last, [N, H, W, C], and [O, C, k, k] weights, dense, not overlapping. `scratch` holds as
/// many floats as the pass's `…Scratch` says and needs no content. Nothing is allocated.
public struct Convolution: Sendable {
  /// How the sums are made.
  public enum Method: Hashable, Sendable, CaseIterable {
    /// By Winograd's algorithm, where it suits: 3×3 with padding 1, of stride 1 or 2, on channels that are a multiple of 16.
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
  /// Where it makes all three passes.
  private let winograd: WinogradConvolution?

  /// - Parameter method: what to use; a pass that it does not suit is made by the next one in the list.
  public init(_ geometry: ConvolutionGeometry, method: Method = .winograd) {
    self.geometry = geometry
    winograd = method == .winograd && WinogradConvolution.suits(geometry) ? WinogradConvolution(geometry) : nil
    if let winograd {
      (forwardPass, inputPass, weightPass) = (winograd, winograd, winograd)
    } else {
      let (direct, unfolded) = (DirectConvolution(geometry), UnfoldedConvolution(geometry))
      let usesTiles = method != .unfolded && Panel.hasWideVectors
      let takesOutputs = usesTiles && direct.outputPanels != nil
      forwardPass = takesOutputs ? direct : unfolded
      inputPass = usesTiles && direct.inputPanels != nil ? direct : unfolded
      weightPass = takesOutputs ? direct : unfolded
    }
  }

  /// Whether `forward` and `weightGradient` can take images through a norm on their way.
  public var canNormalize: Bool { winograd != nil }

  public func forwardScratch(threads: Int) -> Int { forwardPass.forwardScratch(threads: threads) + normCount }
  public func inputGradientScratch(threads: Int) -> Int { inputPass.inputGradientScratch(threads: threads) }
  public func weightGradientScratch(threads: Int) -> Int { weightPass.weightGradientScratch(threads: threads) + normCount }
  private var normCount: Int { canNormalize ? aligned(3 * geometry.inputChannels) : 0 }

  /// y = x ∗ w. `input` [N, H, W, C], `weight` [O, C, k, k], `output` [N, H′, W′, O].
  ///
  /// - Parameter norm: what x is on the way: the images behind this norm, the padding still 0. Only where `canNormalize`.
  public func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, norm: BatchNorm.Rectified? = nil,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let rest = scratch + normCount
    if let winograd, let norm {
      let pixels = norm.pixels(constants: scratch, channels: geometry.inputChannels)
      winograd.forward(input: input, pixels, weight: weight, output: output, scratch: rest, pool: pool)
    } else {
      forwardPass.forward(input: input, weight: weight, output: output, scratch: rest, pool: pool)
    }
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
  ///
  /// - Parameter norm: as in `forward`.
  public func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    norm: BatchNorm.Rectified? = nil, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let rest = scratch + normCount
    if let winograd, let norm {
      let pixels = norm.pixels(constants: scratch, channels: geometry.inputChannels)
      winograd.weightGradient(gradient: gradient, input: input, pixels, into: weightGradient, scratch: rest, pool: pool)
    } else {
      weightPass.weightGradient(gradient: gradient, input: input, into: weightGradient, scratch: rest, pool: pool)
    }
  }
}
