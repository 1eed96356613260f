/// Moving floats about: transposition, slices, rows picked by number.
public enum Arrangement {
  /// y [columns, rows] ← xᵀ, x: [rows, columns], in blocks that fit the first cache. No aliasing.
  public static func transpose(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, pool: ThreadPool
  ) {
    let block = 32
    pool.split((rows + block - 1) / block, minimumPart: max(1, 2_048 / max(1, columns))) { _, part in
      for rowBlock in part {
        let rowEnd = min(rows, (rowBlock + 1) * block)
        for firstColumn in stride(from: 0, to: columns, by: block) {
          for row in rowBlock * block..<rowEnd {
            for column in firstColumn..<min(columns, firstColumn + block) { y[column * rows + row] = x[row * columns + column] }
          }
        }
      }
    }
  }

  /// y [count, columns, rows] ← each xᵀ, x: [count, rows, columns]. No aliasing.
  public static func swapLastAxes(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, count: Int, rows: Int, columns: Int, pool: ThreadPool
  ) {
    let block = 256
    pool.split(count, minimumPart: max(1, (1 << 14) / max(1, rows * columns))) { _, part in
      for matrix in part {
        let (source, target) = (x + matrix * rows * columns, y + matrix * rows * columns)
        for first in stride(from: 0, to: columns, by: block) {
          for row in 0..<rows {
            for column in first..<min(columns, first + block) { target[column * rows + row] = source[row * columns + column] }
          }
        }
      }
    }
  }

  /// Copies `rows` runs of `count` floats, `xStep` apart in x and `yStep` apart in y. No aliasing.
  public static func copyRows(
    _ x: UnsafePointer<Float>, xStep: Int, _ y: UnsafeMutablePointer<Float>, yStep: Int, rows: Int, count: Int
  ) {
    for row in 0..<rows { (y + row * yStep).update(from: x + row * xStep, count: count) }
  }

  /// y [n, columns] ← x [rows, columns] at the rows numbered by `index` [n]. A number that is no row gives NaN. No aliasing.
  public static func gatherRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, index: UnsafePointer<Float>, count: Int, _ y: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<count {
      let target = y + i * columns
      if let row = row(index[i], below: rows) {
        target.update(from: x + row * columns, count: columns)
      } else {
        target.update(repeating: .nan, count: columns)
      }
    }
  }

  /// y [rows, columns] ← 0, then y[index[i]] += x[i]: the transpose of `gatherRows`. A number that is no row is left out. No aliasing.
  public static func scatterRows(
    _ x: UnsafePointer<Float>, index: UnsafePointer<Float>, count: Int, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int
  ) {
    y.update(repeating: 0, count: rows * columns)
    for i in 0..<count {
      guard let row = row(index[i], below: rows) else { continue }
      let target = y + row * columns
      Elementwise.add(target, 1, x + i * columns, 1, target, columns)
    }
  }

  /// y [n, n] ← the lower triangle of x, its diagonal times `diagonalWeight`, zeros above. y may be x.
  public static func lowerTriangle(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int, diagonalWeight: Float
  ) {
    for row in 0..<n {
      (y + row * n).update(from: x + row * n, count: row)
      y[row * n + row] = x[row * n + row] * diagonalWeight
      (y + row * n + row + 1).update(repeating: 0, count: n - 1 - row)
    }
  }

  @inline(__always)
  private static func row(_ number: Float, below rows: Int) -> Int? {
    guard number >= 0, number < Float(rows) else { return nil }
    return Int(number)
  }
}
