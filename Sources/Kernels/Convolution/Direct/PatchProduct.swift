/// Sums over patches of images, a matrix product whose right operand is never written out:
///
///     y[n, row, p] = Σ_d w[row, d] · x[n, place(p) + offsets[d]],   p = (i, j),   place(p) = i · xWidth + j
///
/// A forward pass is one, and for each phase of the stride so is an input gradient. 48 patches at a time are copied to a panel
/// [depth, 48] that stays in the first cache, and `RegisterTile` runs over it once for every eight rows.
struct PatchProduct: Sendable {
  /// Of y.
  let rows: Int
  let height: Int
  let width: Int
  /// From one image of y to the next, in floats, and from one row to the next.
  let imageStride: Int
  let rowStride: Int
  /// From one image of x to the next, and from one line of it to the next.
  let sourceImageStride: Int
  let sourceWidth: Int
  /// Where in x the terms of a sum lie, from the patch's place on.
  let offsets: [Int]
  /// Where in the weight their factors lie, and from one row's to the next's.
  let weightOffsets: [Int]
  let weightRowStride: Int

  private var depth: Int { offsets.count }
  private var pixels: Int { height * width }
  /// Floats of the weight as `pack` leaves it.
  var packedCount: Int { rowPanels * RegisterTile.rows * depth }
  /// Floats of working space.
  var panelCount: Int { RegisterTile.columns * (depth + RegisterTile.rows) }
  /// Whether few rows share a patch, so that copying it costs more than reading it across cache lines does: with 16 rows
  /// (3 → 16) a pass takes 0.7 of the time, with 32 (16 → 32) 0.8. More rows than 32 were not tried.
  private var readsInPlace: Bool { width % 16 == 0 && rows % RegisterTile.rows == 0 && rows <= Self.fewRows }
  private static let fewRows = 32
  private var rowPanels: Int { (rows + RegisterTile.rows - 1) / RegisterTile.rows }

  /// `packed` [⌈rows / 8⌉, depth, 8] ← the weight, with zeros for the rows that are not there.
  func pack(_ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, pool: ThreadPool) {
    pool.split(rowPanels, minimumPart: max(1, (1 << 13) / max(1, depth))) { _, panels in
      for panel in panels {
        for lane in 0..<RegisterTile.rows {
          let row = panel * RegisterTile.rows + lane
          let target = packed + panel * RegisterTile.rows * depth + lane
          for (index, offset) in weightOffsets.enumerated() {
            target[index * RegisterTile.rows] = row < rows ? weight[row * weightRowStride + offset] : 0
          }
        }
      }
    }
  }

  /// `images` of y, the first at `result`; `source` is the first image of x, `packed` the weight and `panel` working space.
  func run(
    images: Int, packed: UnsafePointer<Float>, source: UnsafePointer<Float>, panel: UnsafeMutablePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    var first = 0
    while first < images * pixels {
      let isWhole = pixels % 16 == 0 && first + RegisterTile.columns <= images * pixels
      let isInPlace = isWhole && readsInPlace
      let patches = (
        source + sourcePlace(first, images * pixels), source + sourcePlace(first + 16, images * pixels),
        source + sourcePlace(first + 32, images * pixels)
      )
      for vector in 0..<3 where !isInPlace && first + 16 * vector < images * pixels {
        copyPatches(from: first + 16 * vector, images: images, of: source, to: panel + 16 * vector)
      }
      for rowPanel in 0..<rowPanels {
        let weights = packed + rowPanel * RegisterTile.rows * depth
        let row = rowPanel * RegisterTile.rows
        if isWhole && row + RegisterTile.rows <= rows {
          let places = RegisterTile.Places(
            result + place(first, row), result + place(first + 16, row), result + place(first + 32, row))
          if isInPlace {
            multiplyInPlace(weights, patches.0, patches.1, patches.2, into: places)
          } else {
            multiply(weights, panel, into: places, stride: rowStride)
          }
        } else {
          let spill = panel + RegisterTile.columns * depth
          multiply(weights, panel, into: .init(at: spill), stride: RegisterTile.columns)
          copyOut(spill, from: first, to: min(first + RegisterTile.columns, images * pixels), row: row, into: result)
        }
      }
      first += RegisterTile.columns
    }
  }

  @inline(never)
  private func multiply(
    _ weights: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, into places: RegisterTile.Places, stride: Int
  ) {
    var tile = RegisterTile()
    var (weights, panel) = (weights, panel)
    for _ in 0..<depth {
      let w = (weights[0], weights[1], weights[2], weights[3], weights[4], weights[5], weights[6], weights[7])
      tile.add(w, .init(at: panel))
      weights += RegisterTile.rows
      panel += RegisterTile.columns
    }
    tile.store(places, stride: stride)
  }

  /// `multiply` with three runs of patches read where they lie.
  @inline(never)
  private func multiplyInPlace(
    _ weights: UnsafePointer<Float>, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ third: UnsafePointer<Float>,
    into places: RegisterTile.Places
  ) {
    var tile = RegisterTile()
    var weights = weights
    for offset in offsets {
      let w = (weights[0], weights[1], weights[2], weights[3], weights[4], weights[5], weights[6], weights[7])
      tile.add(w, .init(first + offset, second + offset, third + offset))
      weights += RegisterTile.rows
    }
    tile.store(places, stride: rowStride)
  }

  /// Where column `column` (image, then pixel) of row `row` lies in y.
  private func place(_ column: Int, _ row: Int) -> Int {
    let (image, pixel) = column.quotientAndRemainder(dividingBy: pixels)
    return image * imageStride + row * rowStride + pixel
  }

  /// What of a tile belongs to rows and columns that are there.
  private func copyOut(
    _ spill: UnsafePointer<Float>, from first: Int, to end: Int, row: Int, into result: UnsafeMutablePointer<Float>
  ) {
    for column in first..<end {
      for lane in 0..<min(RegisterTile.rows, rows - row) {
        result[place(column, row + lane)] = spill[lane * RegisterTile.columns + column - first]
      }
    }
  }
}

extension PatchProduct {
  /// Copies 16 patches, from column `first` on, to every 48 floats of `target`. Their neighbours lie in x as runs, which are as
  /// long as the width lets them be.
  private func copyPatches(
    from first: Int, images: Int, of source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    let end = images * pixels
    var places = SIMD16<Int>.zero
    if width % 16 == 0 {
      copyRuns(of: SIMD16<Float>.self, from: source + sourcePlace(first, end), to: target)
    } else if width % 8 == 0 {
      for run in 0..<2 { copyRuns(of: SIMD8<Float>.self, from: source + sourcePlace(first + 8 * run, end), to: target + 8 * run) }
    } else if width % 4 == 0 {
      for run in 0..<4 { copyRuns(of: SIMD4<Float>.self, from: source + sourcePlace(first + 4 * run, end), to: target + 4 * run) }
    } else {
      for lane in 0..<16 { places[lane] = sourcePlace(first + lane, end) }
      for (index, offset) in offsets.enumerated() {
        for lane in 0..<16 { target[RegisterTile.columns * index + lane] = source[places[lane] + offset] }
      }
    }
  }

  @inline(__always)
  private func copyRuns<Run: SIMD & BitwiseCopyable>(
    of type: Run.Type, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) where Run.Scalar == Float {
    for (index, offset) in offsets.enumerated() { (target + RegisterTile.columns * index).store((source + offset).load(type)) }
  }

  /// Where the patch of column `column` begins in x; 0 past the last.
  private func sourcePlace(_ column: Int, _ end: Int) -> Int {
    guard column < end else { return 0 }
    let (image, pixel) = column.quotientAndRemainder(dividingBy: pixels)
    let (row, line) = pixel.quotientAndRemainder(dividingBy: width)
    return image * sourceImageStride + row * sourceWidth + line
  }
}
