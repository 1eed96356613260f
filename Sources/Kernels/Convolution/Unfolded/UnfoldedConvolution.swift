/// The three passes of a convolution by matrix products of OpenBLAS, for channels that register tiles cannot cover.
///
/// The images are shared out to the threads. A thread takes a tile of some lines of outputs, unfolds what they read into a matrix
/// that stays in its cache, [pixels, (a, b, c)], and leaves the sums to a single-threaded GEMM (im2col, Chellapilla et al. 2006).
struct UnfoldedConvolution: ConvolutionPasses {
  /// Floats of an unfolded tile: what the second cache holds. (Less costs up to a third in small images, more gains nothing.)
  private static let mostUnfolded = 1 << 18
  private static let mostPixels = 1024

  private let geometry: ConvolutionGeometry
  private let image: PaddedImage
  private let linesOfTile: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    image = PaddedImage(height: geometry.height, width: geometry.width, channels: geometry.inputChannels, padding: geometry.padding)
    let pixels = min(Self.mostPixels, Self.mostUnfolded / max(1, geometry.depth))
    linesOfTile = max(1, min(geometry.images * geometry.outputHeight, pixels / max(1, geometry.outputWidth)))
  }

  func forwardScratch(threads: Int) -> Int { aligned(geometry.weightCount) + threads * scratchOfThread }
  func inputGradientScratch(threads: Int) -> Int { aligned(geometry.weightCount) + threads * scratchOfThread }
  func weightGradientScratch(threads: Int) -> Int { threads * (scratchOfThread + aligned(geometry.weightCount)) }

  private var unfoldedCount: Int { aligned(linesOfTile * geometry.outputWidth * geometry.depth) }
  private var imageCount: Int { aligned(image.count) }
  private var scratchOfThread: Int { imageCount + unfoldedCount }

  /// y = x ∗ w; as `Convolution` has it: [pixels, (a, b, c)] · [(a, b, c), O].
  func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let g = geometry
    reorder(weight, into: scratch)
    pool.split(g.images) { part, images in
      let padded = scratch + aligned(g.weightCount) + part * scratchOfThread
      padded.update(repeating: 0, count: imageCount)
      forEachTile(of: images) { lines in
        unfold(lines, of: input, padded, into: padded + imageCount)
        let product = MatrixProduct(
          rows: lines.count * g.outputWidth, columns: g.outputChannels, depth: g.depth, transposingRight: true)
        product.run(padded + imageCount, scratch, into: output + lines.lowerBound * g.outputWidth * g.outputChannels)
      }
    }
  }

  /// ∂L/∂x; as `Convolution` has it: [pixels, O] · [O, (a, b, c)], folded.
  func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let g = geometry
    reorder(weight, into: scratch)
    pool.split(g.images) { part, images in
      let padded = scratch + aligned(g.weightCount) + part * scratchOfThread
      forEachTile(of: images) { lines in
        let product = MatrixProduct(rows: lines.count * g.outputWidth, columns: g.depth, depth: g.outputChannels)
        product.run(gradient + lines.lowerBound * g.outputWidth * g.outputChannels, scratch, into: padded + imageCount)
        fold(lines, padded + imageCount, padded, into: result)
      }
    }
  }

  /// ∂L/∂w; as `Convolution` has it: [O, pixels] · [pixels, (a, b, c)]. Every part of the batch sums into an array of its own; these
  /// are added in the order of the parts.
  func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let g = geometry
    if g.images == 0 { return result.update(repeating: 0, count: g.weightCount) }
    let stride = scratchOfThread + aligned(g.weightCount)
    pool.split(g.images) { part, images in
      let padded = scratch + part * stride
      padded.update(repeating: 0, count: imageCount)
      var product = MatrixProduct(rows: g.outputChannels, columns: g.depth, depth: 0, transposingLeft: true)
      forEachTile(of: images) { lines in
        unfold(lines, of: input, padded, into: padded + imageCount)
        product.depth = lines.count * g.outputWidth
        product.run(gradient + lines.lowerBound * g.outputWidth * g.outputChannels, padded + imageCount, into: padded + scratchOfThread)
        product.accumulating = true
      }
    }
    let sums = scratch + scratchOfThread
    for part in 1..<max(1, pool.partCount(g.images)) {
      for index in 0..<g.weightCount { sums[index] += sums[part * stride + index] }
    }
    forEachWeight { result[$0] = sums[$1] }
  }

  /// Lines of outputs, counted through all images.
  @inline(__always)
  private func forEachTile(of images: Range<Int>, _ body: (Range<Int>) -> Void) {
    let end = images.upperBound * geometry.outputHeight
    for first in stride(from: images.lowerBound * geometry.outputHeight, to: end, by: linesOfTile) {
      body(first..<min(first + linesOfTile, end))
    }
  }

  /// Writes [pixels of `lines`, (a, b, c)]. `padded` keeps the image that the last line before was of.
  private func unfold(
    _ lines: Range<Int>, of input: UnsafePointer<Float>, _ padded: UnsafeMutablePointer<Float>, into matrix: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let run = g.side * g.inputChannels
    var target = matrix
    for line in lines {
      let (n, i) = line.quotientAndRemainder(dividingBy: g.outputHeight)
      var source = input + n * g.inputCount
      if image.padding > 0 {
        if i == 0 || line == lines.lowerBound { _ = image.filled(padded, from: source, images: 1) }
        source = UnsafePointer(padded)
      }
      for j in 0..<g.outputWidth {
        for a in 0..<g.side {
          target.update(from: source + (g.stride * i + a) * image.lineStride + g.stride * j * g.inputChannels, count: run)
          target += run
        }
      }
    }
  }

  /// The adjoint of `unfold`: adds the matrix up in `padded`, and writes the images that this completes.
  private func fold(
    _ lines: Range<Int>, _ matrix: UnsafePointer<Float>, _ padded: UnsafeMutablePointer<Float>, into images: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let run = g.side * g.inputChannels
    var source = matrix
    for line in lines {
      let (n, i) = line.quotientAndRemainder(dividingBy: g.outputHeight)
      if i == 0 { padded.update(repeating: 0, count: imageCount) }
      for j in 0..<g.outputWidth {
        for a in 0..<g.side {
          let target = padded + (g.stride * i + a) * image.lineStride + g.stride * j * g.inputChannels
          for index in 0..<run { target[index] += source[index] }
          source += run
        }
      }
      if i == g.outputHeight - 1 { image.empty(padded, into: images + n * g.inputCount) }
    }
  }

  /// [O, C, k, k] → [O, k, k, C].
  private func reorder(_ weight: UnsafePointer<Float>, into reordered: UnsafeMutablePointer<Float>) {
    forEachWeight { reordered[$1] = weight[$0] }
  }

  /// Calls `body(place in [O, C, k, k], place in [O, k, k, C])`.
  @inline(__always)
  private func forEachWeight(_ body: (Int, Int) -> Void) {
    let g = geometry
    for o in 0..<g.outputChannels {
      for c in 0..<g.inputChannels {
        for tap in 0..<g.taps { body((o * g.inputChannels + c) * g.taps + tap, (o * g.taps + tap) * g.inputChannels + c) }
      }
    }
  }
}
