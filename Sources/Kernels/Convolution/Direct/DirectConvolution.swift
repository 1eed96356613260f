/// The three passes of a convolution by a register tile of 512-bit vectors, without unfolding.
///
/// The images are shared out to the threads. Forward and input gradient are sums over patches (`PatchProduct`), the input
/// gradient by phases of the stride, so that every number of it is written once and nothing is added up in memory; the gradient
/// of the weight is `PatchGradient`.
///
/// Measured against `UnfoldedConvolution` in one run on one core of a Zen 5 (OpenBLAS 0.3.21 with Haswell's kernels, 256 images;
/// ResNet-18's layers 32), how many times as fast the forward pass / input gradient / weight gradient is:
///
///     3 → 16 @ 32×32         2.1 / 0.7 / 2.0     64 @ 32×32       2.0 / 1.9 / 2.1
///     16 → 32 @ 32×32 ÷ 2    2.2 / 1.8 / 2.3     128 @ 16×16      2.1 / 2.1 / 2.0
///     32 → 64 @ 16×16 ÷ 2    2.0 / 1.6 / 1.6     256 @ 8×8        2.1 / 2.0 / 1.7
///     64 → 128 @ 8×8 ÷ 2     1.8 / 1.4 / 1.8     512 @ 4×4        1.9 / 1.8 / 1.3
///
/// (The gradient of the first layer's input is never asked for in training.) With the fused passes of batch norm, the quick
/// profile takes 0.56 of the processor time it took on one thread.
struct DirectConvolution: ConvolutionPasses {
  let geometry: ConvolutionGeometry
  /// The padded input images.
  let input: PhaseImage
  /// The output's gradient with as much padding as the kernel's taps reach.
  let gradient: PhaseImage
  let product: PatchProduct
  let phases: [StridePhase]
  let phaseProducts: [PatchProduct]
  let weightSums: PatchGradient

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    input = PhaseImage(geometry)
    let reach = (geometry.side - 1) / geometry.stride
    gradient = PhaseImage(
      ConvolutionGeometry(
        images: geometry.images, inputChannels: geometry.outputChannels, height: geometry.outputHeight,
        width: geometry.outputWidth, outputChannels: geometry.inputChannels, side: 2 * reach + 1, stride: 1, padding: reach))
    product = PatchProduct(forward: geometry, source: input)
    phases = StridePhase.all(of: geometry).filter { $0.count > 0 }
    phaseProducts = phases.map { [gradient] in PatchProduct(inputGradient: geometry, phase: $0, source: gradient, reach: reach) }
    weightSums = PatchGradient(geometry)
  }

  /// So many of an array of `count` floats an image that they stay in the second cache.
  func tile(of count: Int, atMost wanted: Int) -> Int { max(1, min(wanted, geometry.images, (1 << 18) / max(1, count))) }
}

extension PatchProduct {
  fileprivate init(forward geometry: ConvolutionGeometry, source: PhaseImage) {
    self.init(
      rows: geometry.outputChannels, height: geometry.outputHeight, width: geometry.outputWidth,
      imageStride: geometry.outputCount, rowStride: geometry.pixels, sourceImageStride: source.count,
      sourceWidth: source.width, offsets: source.places, weightOffsets: Array(0..<geometry.depth), weightRowStride: geometry.depth)
  }

  /// ∂L/∂x[c, stride·i + row − padding, …] = Σ_{o, s, t} w[o, c, row + stride·s, column + stride·t] · g[o, i − s, j − t].
  fileprivate init(inputGradient geometry: ConvolutionGeometry, phase: StridePhase, source: PhaseImage, reach: Int) {
    let taps = geometry.side * geometry.side
    var (offsets, weightOffsets): ([Int], [Int]) = ([], [])
    for channel in 0..<geometry.outputChannels {
      for s in 0..<phase.tapRows {
        for t in 0..<phase.tapColumns {
          let (line, column) = (phase.lines.lowerBound - s + reach, phase.columns.lowerBound - t + reach)
          offsets.append((channel * source.height + line) * source.width + column)
          let (a, b) = (phase.row + geometry.stride * s, phase.column + geometry.stride * t)
          weightOffsets.append(channel * geometry.depth + a * geometry.side + b)
        }
      }
    }
    let imageStride = StridePhase.all(of: geometry).reduce(0) { $0 + $1.count } * geometry.inputChannels
    self.init(
      rows: geometry.inputChannels, height: phase.lines.count, width: phase.columns.count, imageStride: imageStride,
      rowStride: phase.count, sourceImageStride: source.count, sourceWidth: source.width, offsets: offsets,
      weightOffsets: weightOffsets, weightRowStride: taps)
  }
}
