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
  /// Whether the product is of a matrix with itself, AᵀA or AAᵀ: then what is below the diagonal, and the panels that it runs through, are
  /// made, and the rest is their mirror image, to the last bit. Aᵀ of 512 rows with 256 columns takes 0.7 of the time so.
  private let isSymmetric: Bool

  /// nil where OpenBLAS is the better choice: odd widths, small products, and processors without wide vectors.
  ///
  /// - Parameter ofItself: whether both operands will be the same matrix, one of them transposed.
  public init?(_ product: MatrixProduct, ofItself: Bool = false) {
    guard Panel.hasWideVectors, product.rows * product.columns * product.depth >= 1 << 20, !product.accumulating,
      product.columns % 16 == 0, let panels = Panel.covering(product.columns)
    else { return nil }
    self.product = product
    self.panels = panels
    isSymmetric = ofItself && product.rows == product.columns && panels.count > 1
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
    if isSymmetric {
      runBelowDiagonal(left, right, into: result, offsets, threads, pool)
    } else if panels.count >= 4 * pool.threadCount || p.rows < 16 {
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

  private func runBelowDiagonal(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, _ offsets: UnsafePointer<Int32>,
    _ threads: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let (size, stride) = (product.rows, product.resultStride)
    var total = 0
    for panel in panels { total += size - panel.first }
    pool.split(total, minimumPart: 12) { part, range in
      var begin = 0
      for panel in panels {
        let rows = range.clamped(to: begin..<(begin + size - panel.first))
        let first = panel.first - begin
        if !rows.isEmpty {
          run(
            panel, rows: (rows.lowerBound + first)..<(rows.upperBound + first), left, right, into: result, offsets,
            threads + part * scratchOfThread)
        }
        begin += size - panel.first
      }
    }
    pool.split(size / 16, minimumPart: 8) { part, blocks in
      for panel in panels {
        for row in Swift.stride(from: 16 * blocks.lowerBound, to: min(16 * blocks.upperBound, panel.first), by: 16) {
          for column in Swift.stride(from: panel.first, to: panel.first + panel.width, by: 16) {
            let scratch = threads + part * scratchOfThread
            Transposition.run(UnsafePointer(result) + column * stride + row, stride: stride, scratch: scratch) {
              result + (row + $0) * stride + column
            }
          }
        }
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
