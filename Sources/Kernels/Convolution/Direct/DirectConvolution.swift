/// The three passes of a convolution by register tiles, without unfolding: the numbers of the left operand are read from the
/// padded image where they lie, and the vectors go over channels.
///
/// The images are shared out to the threads. Forward and input gradient take the weight repacked (`PackedWeight`), the input
/// gradient by phases of the stride, so that every number of it is written once.
///
/// How many times as fast as `UnfoldedConvolution` forward / input gradient / weight gradient are on one core of a Zen 5, in one run
/// (OpenBLAS 0.3.21 with Haswell's kernels; 256 images in `quick`'s layers, 64 in ResNet-18's):
///
///     3 → 16 @ 32×32          1.5 / – / 3.4      64 @ 32×32         2.3 / 2.0 / 2.2
///     16 → 32 @ 32×32 ÷ 2     2.6 / 1.4 / 2.1    128 @ 16×16        2.2 / 2.1 / 2.1
///     32 → 64 @ 16×16 ÷ 2     2.3 / 2.3 / 2.0    256 @ 8×8          2.2 / 2.1 / 2.0
///     64 → 128 @ 8×8 ÷ 2      2.2 / 2.1 / 2.0    512 @ 4×4          2.0 / 1.9 / 1.4
struct DirectConvolution: ConvolutionPasses {
  let geometry: ConvolutionGeometry
  let input: PaddedImage
  /// The output's gradient with as much padding as the kernel's taps reach.
  let gradient: PaddedImage
  let phases: [StridePhase]
  /// Of the output's channels; nil where they are no multiple of 8, so that forward and weight gradient are not to be had.
  let outputPanels: [Panel]?
  /// Of the input's channels; nil where the input gradient is not to be had.
  let inputPanels: [Panel]?

  /// - Parameter readsPlanes: whether input images are [C, H, W].
  init(_ geometry: ConvolutionGeometry, readsPlanes: Bool = false) {
    self.geometry = geometry
    input = PaddedImage(
      height: geometry.height, width: geometry.width, channels: geometry.inputChannels, padding: geometry.padding, readsPlanes: readsPlanes)
    gradient = PaddedImage(
      height: geometry.outputHeight, width: geometry.outputWidth, channels: geometry.outputChannels,
      padding: (geometry.side - 1) / geometry.stride)
    phases = StridePhase.all(of: geometry).filter { $0.count > 0 }
    outputPanels = Panel.covering(geometry.outputChannels)
    inputPanels = Panel.covering(geometry.inputChannels)
  }

  /// So many images of `count` floats each that are gone through together: one where the weight stays in the first caches, else
  /// as many as stay in the second, so that the weight is fetched less often.
  func tile(of count: Int) -> Int {
    max(1, min(geometry.images, (geometry.weightCount <= 1 << 15 ? 1 << 15 : 1 << 17) / max(1, count)))
  }
}
