/// C ← op(A)·op(B) by register tiles, for the shapes that heads have: what `MatrixProduct` leaves to OpenBLAS. Nothing is allocated.
///
/// OpenBLAS packs both operands, which pays in large squares. A head's batch is 64 to 256 rows, and one operand of each of its three
/// products is long and thin: here only B is packed, 64 columns by 512 at a time, and A read where it lies. GFLOP/s of forward, input
/// gradient and weight gradient on one core of a Zen 5, in one run (OpenBLAS 0.3.21 with Haswell's kernels):
///
///                                OpenBLAS           tiles
///     64 rows by 2048×2048        92 / 101 / 101    145 / 155 / 124
///     256 rows by 256×256        119 / 119 / 119    226 / 233 / 234
public struct TiledProduct: Sendable {
  /// Rows of B in a packed panel: with 64 columns an eighth of a second cache.
  private static let packedDepth = 512

  private let product: MatrixProduct
  private let panels: [Panel]

  /// nil where OpenBLAS is the better choice: odd widths, small products, and processors without wide vectors.
  public init?(_ product: MatrixProduct) {
    guard Panel.hasWideVectors, product.rows * product.columns * product.depth >= 1 << 20, !product.accumulating,
      product.columns % 16 == 0, let panels = Panel.covering(product.columns)
    else { return nil }
    self.product = product
    self.panels = panels
  }

  private var packedCount: Int { (panels.first?.width ?? 0) * min(product.depth, Self.packedDepth) }
  private var scratchOfThread: Int { packedCount + Transposition.scratchCount }
  /// As many numbers of a row of op(A) as are gone through at a time.
  private var walk: SumWalk {
    SumWalk(depth: min(product.depth, Self.packedDepth), depthStride: product.transposingLeft ? product.leftStride : 1)
  }
  public func scratchCount(threads: Int) -> Int { walk.scratchCount + threads * scratchOfThread }

  /// The threads share out the panels, or, where these are few, the rows. `scratch` holds `scratchCount(threads:)` floats.
  public func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let p = product
    let offsets = walk.write(to: scratch)
    let threads = scratch + walk.scratchCount
    if panels.count >= 4 * pool.threadCount || p.rows < 16 {
      pool.split(panels.count) { part, range in
        for index in range {
          run(panels[index], rows: 0..<p.rows, left, right, into: result, offsets, threads + part * scratchOfThread)
        }
      }
    } else {
      // Half a million multiplications are worth a second thread, and eight times as many to wake it.
      let isSmall = p.rows * p.columns * p.depth < 1 << 22
      pool.split(p.rows, minimumPart: max(12, (1 << 19) / (p.columns * p.depth)), isSmall: isSmall) { part, rows in
        for panel in panels { run(panel, rows: rows, left, right, into: result, offsets, threads + part * scratchOfThread) }
      }
    }
  }

  private func run(
    _ panel: Panel, rows: Range<Int>, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>, _ offsets: UnsafePointer<Int32>, _ packed: UnsafeMutablePointer<Float>
  ) {
    let p = product
    var walk = walk
    for first in stride(from: 0, to: p.depth, by: Self.packedDepth) {
      let depth = min(Self.packedDepth, p.depth - first)
      pack(panel, first, depth, right, into: packed)
      walk.depth = depth
      let sums = PanelProduct(
        walk: walk, offsets: offsets, rowStride: p.transposingLeft ? 1 : p.leftStride, panelStride: panel.width,
        resultStride: p.resultStride, isAdding: first > 0)
      let begin = p.transposingLeft ? first * p.leftStride + rows.lowerBound : rows.lowerBound * p.leftStride + first
      sums.run(
        rows: rows.count, width: panel.width, left + begin, packed, into: result + rows.lowerBound * p.resultStride + panel.first)
    }
  }

  /// `packed` [depth, panel width] ← rows `first`… of op(B).
  private func pack(
    _ panel: Panel, _ first: Int, _ depth: Int, _ right: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>
  ) {
    let p = product
    guard p.transposingRight else {
      for row in 0..<depth {
        (packed + row * panel.width).update(from: right + (first + row) * p.rightStride + panel.first, count: panel.width)
      }
      return
    }
    let scratch = packed + packedCount
    for column in stride(from: 0, to: panel.width, by: 16) {
      let source = right + (panel.first + column) * p.rightStride + first
      var row = 0
      while row + 16 <= depth {
        Transposition.run(source + row, stride: p.rightStride, scratch: scratch) { packed + (row + $0) * panel.width + column }
        row += 16
      }
      while row < depth {
        for lane in 0..<16 { packed[row * panel.width + column + lane] = source[lane * p.rightStride + row] }
        row += 1
      }
    }
  }
}
