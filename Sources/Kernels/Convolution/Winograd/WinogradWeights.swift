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

  /// `target` [36, panel, row, panel width] ← G w Gᵀ of every 3×3 kernel.
  @inline(__always)
  func transform<Transform: AxisTransform>(
    _: Transform.Type, _ kernels: WinogradKernels, into target: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let (columnStride, isTurned) = (kernels.columnStride, kernels.isTurned)
    forEachVector(pool) { row, column, panel in
      let kernel = kernels.pointer + row * kernels.rowStride + column * columnStride
      let place = target + panel.first * rows + row * panel.width + column - panel.first
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 18) { lines in
        for b in 0..<3 {
          Transform.run(
            { Self.gather(kernel + (isTurned ? 8 - 3 * $0 - b : 3 * $0 + b), columnStride) }, { lines[3 * $0 + b] = $1 })
        }
        for i in 0..<6 {
          Transform.run({ lines[3 * i + $0] }, { (place + (6 * i + $0) * pointStride).store($1) })
        }
      }
    }
  }

  /// `result` [columns, rows, 3, 3] ← Gᵀ S G of `sums` [36, rows, columns]: the adjoint of `transform`. Blocks of 16 rows and 16
  /// columns are turned in the first cache, so that a column's kernels are written on end.
  @inline(__always)
  func transformBack<Transform: AxisTransform>(
    _: Transform.Type, _ sums: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, _ workspaces: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    pool.split(columns / 16) { part, vectors in
      let workspace = WinogradWorkspace(workspaces + part * WinogradWorkspace.count)
      let taps = UnsafeMutableRawPointer(workspace.temporary).bindMemory(to: Float.self, capacity: 144 * 16)
      for first in stride(from: 0, to: rows, by: 16) {
        for column in stride(from: 16 * vectors.lowerBound, to: 16 * vectors.upperBound, by: 16) {
          for row in 0..<16 {
            transformBack(Transform.self, sums + (first + row) * columns + column, into: workspace.temporary + 9 * row)
          }
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
  private func transformBack<Transform: AxisTransform>(
    _: Transform.Type, _ place: UnsafePointer<Float>, into taps: UnsafeMutablePointer<Lanes>
  ) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 18) { lines in
      for j in 0..<6 {
        Transform.run({ (place + (6 * $0 + j) * pointStride).load(Lanes.self) }, { lines[6 * $0 + j] = $1 })
      }
      for i in 0..<3 { Transform.run({ lines[6 * i + $0] }, { taps[3 * i + $0] = $1 }) }
    }
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

/// Where a weight's 3×3 kernels lie, by the rows and columns of the matrices that are made of them: so many floats apart.
struct WinogradKernels {
  let pointer: UnsafePointer<Float>
  let rowStride: Int
  let columnStride: Int
  /// Whether each is taken from its last number to its first.
  let isTurned: Bool

  func columns(from column: Int) -> Self {
    Self(pointer: pointer + column * columnStride, rowStride: rowStride, columnStride: columnStride, isTurned: isTurned)
  }
}
