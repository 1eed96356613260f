/// The three passes of a convolution over `ThreadPool`: forward, gradient of the input, gradient of the weight.
///
/// Pointers: images with their channels last, [N, H, W, C] (the input with them first where it `readsPlanes`), and [O, C, k, k] weights, dense,
/// not overlapping. `scratch` holds as many floats as the pass's `…Scratch` says and needs no content. Nothing is allocated.
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
  /// Where it makes forward and the weight gradient.
  private let direct: DirectConvolution?

  /// - Parameters:
  ///   - method: what to use; a pass that it does not suit is made by the next one in the list.
  ///   - readsPlanes: whether input images are [N, C, H, W]. Only where `canReadPlanes` says so of one that does not.
  public init(_ geometry: ConvolutionGeometry, method: Method = .winograd, readsPlanes: Bool = false) {
    self.geometry = geometry
    winograd = method == .winograd && WinogradConvolution.suits(geometry) ? WinogradConvolution(geometry) : nil
    if let winograd {
      (forwardPass, inputPass, weightPass) = (winograd, winograd, winograd)
      direct = nil
    } else {
      let (tiled, unfolded) = (DirectConvolution(geometry, readsPlanes: readsPlanes), UnfoldedConvolution(geometry))
      let usesTiles = method != .unfolded && Panel.hasWideVectors
      direct = usesTiles && tiled.outputPanels != nil ? tiled : nil
      forwardPass = direct ?? unfolded
      inputPass = usesTiles && tiled.inputPanels != nil ? tiled : unfolded
      weightPass = direct ?? unfolded
    }
    precondition(!readsPlanes || canReadPlanes, "convolution: images are read with their channels last")
  }

  /// Whether `forward` and `weightGradient` can take images through a norm on their way.
  public var canNormalize: Bool { winograd != nil }

  /// Whether `forward` and `weightGradient` can take images with their channels first.
  public var canReadPlanes: Bool { direct != nil && geometry.padding > 0 }
  /// Whether `forward` can take the output's moments on its way.
  public var canTakeMoments: Bool { winograd != nil || (direct != nil && geometry.outputChannels % 16 == 0) }
  /// Whether `inputGradient` can take the sums on its way that the batch norm behind it needs.
  public var canTakeGradientSums: Bool { winograd != nil }
  /// Whether `weightGradient` can make the gradient from that behind a batch norm on its way.
  public var canMakeGradient: Bool { direct != nil && geometry.outputChannels % 16 == 0 }

  public func forwardScratch(threads: Int) -> Int {
    forwardPass.forwardScratch(threads: threads) + normCount + totalsCount(geometry.outputChannels, threads)
  }
  public func inputGradientScratch(threads: Int) -> Int {
    inputPass.inputGradientScratch(threads: threads) + normCount + totalsCount(geometry.inputChannels, threads)
  }
  /// - Parameter makesGradient: whether there will be a `gradientNorm`.
  public func weightGradientScratch(threads: Int, makesGradient: Bool = false) -> Int {
    guard let direct, makesGradient else { return weightPass.weightGradientScratch(threads: threads) + normCount }
    return direct.weightGradientScratch(threads: threads, makesGradient: true) + outputNormCount
  }
  private var outputNormCount: Int { aligned(BatchNorm.scratchCount(channels: geometry.outputChannels)) }
  private var normCount: Int { canNormalize ? aligned(3 * geometry.inputChannels) : 0 }
  private func totalsCount(_ channels: Int, _ threads: Int) -> Int { ChannelTotals.scratchCount(channels: channels, threads: threads) }

  /// y = x ∗ w. `input` [N, H, W, C], `weight` [O, C, k, k], `output` [N, H′, W′, O].
  ///
  /// - Parameters:
  ///   - norm: what x is on the way: the images behind this norm, the padding still 0. Only where `canNormalize`.
  ///   - moments: [2, O] ← mean and biased variance of y by channel, as `ChannelSums.moments` has them. Only where `canTakeMoments`.
  public func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, norm: BatchNorm.Rectified? = nil,
    moments: UnsafeMutablePointer<Float>? = nil, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    guard let moments else {
      return forward(input, weight, output, norm, NoTally(), scratch, pool)
    }
    let totals = ChannelTotals(channels: geometry.outputChannels, scratch, threads: pool.threadCount)
    let rest = scratch + totalsCount(geometry.outputChannels, pool.threadCount)
    let tally = MomentTally(totals)
    if let winograd {
      forward(input, weight, output, norm, tally, rest, pool)
      let parts = winograd.partCount(pool)
      tally.finish(parts: parts, pixels: { winograd.outputPixels(ofPart: $0, of: parts) }, into: moments)
    } else if let direct {
      direct.forward(input: input, weight: weight, output: output, tally, scratch: rest, pool: pool)
      let parts = pool.partCount(geometry.images)
      tally.finish(
        parts: parts, pixels: { ThreadPool.range(of: $0, parts: parts, count: geometry.images).count * geometry.pixels }, into: moments)
    }
  }

  private func forward(
    _ input: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ norm: BatchNorm.Rectified?,
    _ tally: some ResultTally, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let rest = scratch + normCount
    guard let winograd else { return forwardPass.forward(input: input, weight: weight, output: output, scratch: rest, pool: pool) }
    if let norm {
      let pixels = norm.pixels(constants: scratch, channels: geometry.inputChannels)
      winograd.forward(input: input, pixels, weight: weight, output: output, tally, scratch: rest, pool: pool)
    } else {
      winograd.forward(input: input, PlainPixels(), weight: weight, output: output, tally, scratch: rest, pool: pool)
    }
  }

  /// ∂L/∂x from `gradient` = ∂L/∂y [N, H′, W′, O] and `weight` [O, C, k, k]: the adjoint of `forward` in x.
  ///
  /// - Parameter sums: what is taken of the result for the rectified batch norm that x came through. Only where `canTakeGradientSums`.
  public func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    sums: BatchNorm.GradientSums? = nil, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    guard let winograd, let sums else {
      return inputPass.inputGradient(gradient: gradient, weight: weight, into: inputGradient, scratch: scratch, pool: pool)
    }
    let channels = geometry.inputChannels
    let totals = ChannelTotals(channels: channels, scratch + normCount, threads: pool.threadCount)
    let tally = sums.tally(totals, constants: scratch)
    let rest = scratch + normCount + totalsCount(channels, pool.threadCount)
    winograd.inputGradient(gradient: gradient, weight: weight, into: inputGradient, tally, scratch: rest, pool: pool)
    sums.finish(tally, parts: winograd.partCount(pool))
  }

  /// ∂L/∂w from `gradient` = ∂L/∂y [N, H′, W′, O] and `input` [N, H, W, C]: the adjoint of `forward` in w.
  ///
  /// - Parameters:
  ///   - norm: as in `forward`.
  ///   - gradientNorm: a batch norm behind y; `gradient` is that of its result. Only where `canMakeGradient`, and without `norm`.
  public func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    norm: BatchNorm.Rectified? = nil, gradientNorm: BatchNorm.InputGradient? = nil, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if let direct, let gradientNorm {
      let rest = scratch + outputNormCount
      let layout = ChannelLayout(rows: geometry.images * geometry.pixels, channels: geometry.outputChannels)
      let pass = gradientNorm.pass(gradient, layout, constants: scratch)
      direct.weightGradient(gradient: pass, input: input, into: weightGradient, scratch: rest, pool: pool)
    } else if let winograd, let norm {
      let pixels = norm.pixels(constants: scratch, channels: geometry.inputChannels)
      winograd.weightGradient(gradient: gradient, input: input, pixels, into: weightGradient, scratch: scratch + normCount, pool: pool)
    } else {
      weightPass.weightGradient(gradient: gradient, input: input, into: weightGradient, scratch: scratch, pool: pool)
    }
  }
}
