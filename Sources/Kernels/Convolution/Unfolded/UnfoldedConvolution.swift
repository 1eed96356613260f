/// The three passes of a convolution by matrix products of OpenBLAS, for processors without 512-bit vectors.
///
/// The images are shared out to the threads. A thread takes a tile of them (a few small images, or some rows of a large one),
/// unfolds it into a matrix that stays in its cache, [depth, tile pixels], and leaves the sums to a single-threaded GEMM (im2col,
/// Chellapilla et al. 2006). Unfolding goes through `PhaseImage`, so it only copies runs of floats, whatever the stride and
/// padding.
///
/// Which tile, measured on one core of a Zen 5 (EPYC, OpenBLAS 0.3.21 with Haswell's kernels: 127 GFLOP/s at 512³). GFLOP/s of
/// the forward pass / input gradient / weight gradient, for a stride-2 layer 16 → 32 at 32×32 of 256 images, and ResNet-18's 64 @
/// 32×32 and 512 @ 4×4 of 32:
///
///     columns of a tile   unfolded floats   16 → 32, stride 2   64 @ 32×32       512 @ 4×4
///     ≤ 64                ≤ 2¹⁵             59 / 69 / 54         89 / 91 / 89    36 / 31 / 74
///     ≤ 256               ≤ 2¹⁶             64 / 74 / 56        102 / 103 / 97   55 / 48 / 98
///     ≤ 256               ≤ 2¹⁷             63 / 74 / 57        106 / 107 / 101  89 / 80 / 106
///     ≤ 1024              ≤ 2¹⁸ (1 MiB)     64 / 75 / 60        106 / 107 / 100  104 / 100 / 111      chosen
///     ≤ 1024              ≤ 2¹⁹             67 / 72 / 62        103 / 106 / 97   95 / 95 / 104
///
/// With the tile chosen: 3 → 16 @ 32×32 77 / 65 / 45, 32 → 64 stride 2 82 / 86 / 77, 64 → 128 stride 2 85 / 86 / 83, 128 @ 16×16
/// 111 / 112 / 110, 256 @ 8×8 111 / 110 / 113, 1×1 stride 2 64 → 128 82 / 84 / 81, 256 → 512 96 / 91 / 93.
struct UnfoldedConvolution: ConvolutionPasses {
  private static let mostColumns = 1024
  private static let mostUnfolded = 1 << 18

  let geometry: ConvolutionGeometry
  let phase: PhaseImage
  /// A tile is some whole images, or some rows of one.
  let imagesPerTile: Int
  let rowsPerTile: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    phase = PhaseImage(geometry)
    let columns = max(geometry.outputWidth, min(Self.mostColumns, Self.mostUnfolded / max(1, geometry.depth)))
    imagesPerTile = max(1, min(geometry.images, columns / max(1, geometry.pixels)))
    rowsPerTile = imagesPerTile > 1 ? geometry.outputHeight : max(1, min(geometry.outputHeight, columns / geometry.outputWidth))
  }

  func forwardScratch(threads: Int) -> Int { threads * scratchOfThread }
  func inputGradientScratch(threads: Int) -> Int { threads * scratchOfThread }
  func weightGradientScratch(threads: Int) -> Int { threads * (scratchOfThread + aligned(geometry.weightCount)) }

  /// Columns of the widest tile.
  private var tileColumns: Int { imagesPerTile * rowsPerTile * geometry.outputWidth }

  private var scratchOfThread: Int {
    aligned(phase.count) + aligned(geometry.depth * tileColumns) + aligned(geometry.outputChannels * tileColumns)
  }
}

extension UnfoldedConvolution {
  /// One unfolding's worth of work: rows `rows` of the outputs of images `images`; all rows when there are several images.
  struct Tile {
    let images: Range<Int>
    let rows: Range<Int>
    let columns: Int

    /// Whether a matrix [channels, columns] of the tile is a part of an image's [channels, pixels] as it lies in memory.
    var isInPlace: Bool { images.count == 1 }
  }

  /// A thread's share of the scratch.
  struct Workspace {
    let phase: UnsafeMutablePointer<Float>
    /// [depth, tile columns]
    let unfolded: UnsafeMutablePointer<Float>
    /// [outputChannels, tile columns]; of a tile of several images alone.
    let gathered: UnsafeMutablePointer<Float>
  }

  func workspace(_ scratch: UnsafeMutablePointer<Float>, part: Int) -> Workspace {
    let phase = scratch + part * scratchOfThread
    let unfolded = phase + aligned(self.phase.count)
    return Workspace(phase: phase, unfolded: unfolded, gathered: unfolded + aligned(geometry.depth * tileColumns))
  }

  /// Where the weight accumulators of the parts lie: behind the workspaces.
  func accumulator(_ scratch: UnsafeMutablePointer<Float>, part: Int, threads: Int) -> UnsafeMutablePointer<Float> {
    scratch + threads * scratchOfThread + part * aligned(geometry.weightCount)
  }

  @inline(__always)
  func forEachTile(of images: Range<Int>, _ body: (Tile) -> Void) {
    var image = images.lowerBound
    while image < images.upperBound {
      let last = min(image + imagesPerTile, images.upperBound)
      var row = 0
      while row < geometry.outputHeight {
        let lastRow = min(row + rowsPerTile, geometry.outputHeight)
        let columns = (last - image) * (lastRow - row) * geometry.outputWidth
        body(Tile(images: image..<last, rows: row..<lastRow, columns: columns))
        row = lastRow
      }
      image = last
    }
  }

  /// Fills `workspace.unfolded` with the tile's [depth, columns] matrix. `workspace.phase` must have been cleared once.
  func unfold(_ tile: Tile, of input: UnsafePointer<Float>, in workspace: Workspace) {
    let columnsOfImage = tile.rows.count * geometry.outputWidth
    for (index, image) in tile.images.enumerated() {
      if tile.rows.lowerBound == 0 { phase.fill(workspace.phase, from: input + image * geometry.inputCount) }
      phase.unfold(
        workspace.phase, rows: tile.rows, into: workspace.unfolded + index * columnsOfImage, rowStride: tile.columns)
    }
  }

  /// Where a tile of output images begins, when it is in place.
  func placeOfTile(_ tile: Tile) -> Int {
    tile.images.lowerBound * geometry.outputCount + tile.rows.lowerBound * geometry.outputWidth
  }

  /// Copies [images, channels, pixels] to [channels, images · pixels].
  func gather(_ tile: Tile, of images: UnsafePointer<Float>, into matrix: UnsafeMutablePointer<Float>) {
    let pixels = geometry.pixels
    for (index, image) in tile.images.enumerated() {
      Runs.copy(
        rows: geometry.outputChannels, width: pixels, from: images + image * geometry.outputCount, stride: pixels,
        to: matrix + index * pixels, stride: tile.columns)
    }
  }

  /// Copies [channels, images · pixels] to [images, channels, pixels].
  func scatter(_ tile: Tile, of matrix: UnsafePointer<Float>, into images: UnsafeMutablePointer<Float>) {
    let pixels = geometry.pixels
    for (index, image) in tile.images.enumerated() {
      Runs.copy(
        rows: geometry.outputChannels, width: pixels, from: matrix + index * pixels, stride: tile.columns,
        to: images + image * geometry.outputCount, stride: pixels)
    }
  }
}
