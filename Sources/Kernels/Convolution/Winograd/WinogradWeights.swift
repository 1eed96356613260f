/// The 36 matrices [rows, columns] of a weight's transform, U = G w Gᵀ, each in panels of columns.
struct WinogradWeights {
  let rows: Int
  let columns: Int
  let panels: [Panel]

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    panels = Panel.covering(columns) ?? []
  }

  /// From one matrix to the next: a little more than one has, as in `WinogradTiles`.
  var pointStride: Int { rows * columns + 16 }
  var count: Int { 36 * pointStride }

  /// `target` [36, panel, row, panel width] ← G w Gᵀ of every 3×3 kernel. Kernels lie `rowStride` and `columnStride` floats apart;
  /// `isTurned`: each is taken from its last number to its first.
  func transform(
    _ weight: UnsafePointer<Float>, rowStride: Int, columnStride: Int, isTurned: Bool, into target: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    forEachVector(pool) { row, column, panel in
      let kernel = weight + row * rowStride + column * columnStride
      @inline(__always) func tap(_ index: Int) -> Lanes { Self.gather(kernel + (isTurned ? 8 - index : index), columnStride) }
      @inline(__always) func line(_ b: Int) -> WinogradTransforms.Six { WinogradTransforms.weight((tap(b), tap(3 + b), tap(6 + b))) }
      let (first, second, third) = (line(0), line(1), line(2))
      let place = target + panel.first * rows + row * panel.width + column - panel.first
      @inline(__always) func store(_ i: Int, _ a: Lanes, _ b: Lanes, _ c: Lanes) {
        (place + 6 * i * pointStride).store(WinogradTransforms.weight((a, b, c)), stride: pointStride)
      }
      store(0, first.0, second.0, third.0)
      store(1, first.1, second.1, third.1)
      store(2, first.2, second.2, third.2)
      store(3, first.3, second.3, third.3)
      store(4, first.4, second.4, third.4)
      store(5, first.5, second.5, third.5)
    }
  }

  /// `result` [columns, rows, 3, 3] ← Gᵀ S G of `sums` [36, rows, columns]: the adjoint of `transform`. Blocks of 16 rows and 16
  /// columns are turned in the first cache, so that a column's kernels are written on end.
  func transformBack(
    _ sums: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, _ workspaces: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    pool.split(columns / 16) { part, vectors in
      // No pixel is looked for, so no zeros are needed.
      let workspace = WinogradWorkspace(workspaces + part * WinogradWorkspace.count(channels: max(rows, columns)), channels: 0)
      let taps = UnsafeMutableRawPointer(workspace.temporary).bindMemory(to: Float.self, capacity: 144 * 16)
      for first in stride(from: 0, to: rows, by: 16) {
        for column in stride(from: 16 * vectors.lowerBound, to: 16 * vectors.upperBound, by: 16) {
          for row in 0..<16 { transformBack(sums + (first + row) * columns + column, into: workspace.temporary + 9 * row) }
          let target = result + (column * rows + first) * 9
          for block in 0..<9 {
            Transposition.run(taps + 256 * block, stride: 16, scratch: workspace.transposition) { target + $0 * rows * 9 + 16 * block }
          }
        }
      }
    }
  }

  /// The nine numbers of one kernel, for 16 columns.
  @inline(__always)
  private func transformBack(_ place: UnsafePointer<Float>, into taps: UnsafeMutablePointer<Lanes>) {
    @inline(__always) func line(_ j: Int) -> WinogradTransforms.Three {
      WinogradTransforms.weightAdjoint(place.six(j * pointStride, stride: 6 * pointStride))
    }
    let lines = (line(0), line(1), line(2), line(3), line(4), line(5))
    (taps[0], taps[1], taps[2]) = WinogradTransforms.weightAdjoint((lines.0.0, lines.1.0, lines.2.0, lines.3.0, lines.4.0, lines.5.0))
    (taps[3], taps[4], taps[5]) = WinogradTransforms.weightAdjoint((lines.0.1, lines.1.1, lines.2.1, lines.3.1, lines.4.1, lines.5.1))
    (taps[6], taps[7], taps[8]) = WinogradTransforms.weightAdjoint((lines.0.2, lines.1.2, lines.2.2, lines.3.2, lines.4.2, lines.5.2))
  }

  /// Calls `body(row, first of 16 columns, their panel)`, the panels' 16 columns shared out to the threads.
  @inline(__always)
  private func forEachVector(_ pool: ThreadPool, _ body: (Int, Int, Panel) -> Void) {
    pool.split(columns / 16) { _, vectors in
      for panel in panels {
        for column in stride(from: panel.first, to: panel.first + panel.width, by: 16) where vectors.contains(column / 16) {
          for row in 0..<rows { body(row, column, panel) }
        }
      }
    }
  }

  @inline(__always)
  private static func gather(_ source: UnsafePointer<Float>, _ stride: Int) -> Lanes {
    var lanes = Lanes()
    for lane in 0..<16 { lanes[lane] = source[lane * stride] }
    return lanes
  }
}
