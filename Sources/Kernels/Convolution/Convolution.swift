import CProcessor

/// The three passes of a convolution over `ThreadPool`: forward, gradient of the input, gradient of the weight.
///
/// Pointers: NCHW images and [O, C, k, k] weights, dense, not overlapping. `scratch` holds as many floats as the pass's
/// `…Scratch` says and needs no content. Nothing is allocated.
public struct Convolution: Sendable {
  /// How the sums are made.
  public enum Method: Hashable, Sendable, CaseIterable {
    /// By register tiles of 512-bit vectors; of use where the processor has 32 of them.
    case direct
    /// By OpenBLAS's matrix product of the unfolded images.
    case unfolded

    /// What is faster on the processor that this was compiled for.
    public static var fastest: Method { hasWideVectors ? .direct : .unfolded }

    private static let hasWideVectors = SIAM_AVX512F == 1
  }

  public let geometry: ConvolutionGeometry
  private let passes: any ConvolutionPasses

  public init(_ geometry: ConvolutionGeometry, method: Method = .fastest) {
    self.geometry = geometry
    passes = method == .direct ? DirectConvolution(geometry) : UnfoldedConvolution(geometry)
  }

  public func forwardScratch(threads: Int) -> Int { passes.forwardScratch(threads: threads) }
  public func inputGradientScratch(threads: Int) -> Int { passes.inputGradientScratch(threads: threads) }
  public func weightGradientScratch(threads: Int) -> Int { passes.weightGradientScratch(threads: threads) }

  /// y = x ∗ w. `input` [N, C, H, W], `weight` [O, C, k, k], `output` [N, O, H′, W′].
  public func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    passes.forward(input: input, weight: weight, output: output, scratch: scratch, pool: pool)
  }

  /// ∂L/∂x from `gradient` = ∂L/∂y [N, O, H′, W′] and `weight` [O, C, k, k]: the adjoint of `forward` in x.
  public func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    passes.inputGradient(gradient: gradient, weight: weight, into: inputGradient, scratch: scratch, pool: pool)
  }

  /// ∂L/∂w from `gradient` = ∂L/∂y [N, O, H′, W′] and `input` [N, C, H, W]: the adjoint of `forward` in w. Every part of the
  /// batch has sums of its own; these are added in the order of the parts.
  public func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    passes.weightGradient(gradient: gradient, input: input, into: weightGradient, scratch: scratch, pool: pool)
  }
}
