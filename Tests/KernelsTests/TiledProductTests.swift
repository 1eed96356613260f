import Kernels
import Testing

/// Register tiles against the definition in double precision: rows that fill no tile, depths over one packed panel, both transpositions.
@Suite struct TiledProductTests {
  struct Extents: Sendable {
    let rows: Int
    let columns: Int
    let depth: Int
  }

  static let extents: [Extents] = [
    .init(rows: 64, columns: 256, depth: 128), .init(rows: 7, columns: 48, depth: 1100), .init(rows: 130, columns: 16, depth: 513),
    .init(rows: 33, columns: 112, depth: 40), .init(rows: 1, columns: 320, depth: 600)
  ]

  @Test(arguments: extents, [(false, false), (false, true), (true, false), (true, true)])
  func isTheDefinition(extents e: Extents, transposed: (left: Bool, right: Bool)) throws {
    let product = MatrixProduct(
      rows: e.rows, columns: e.columns, depth: e.depth, transposingLeft: transposed.left, transposingRight: transposed.right)
    // On a processor without wide vectors there are none.
    guard let tiled = TiledProduct(product) else { return }
    let (a, b) = (Floats(random: e.rows * e.depth, "a"), Floats(random: e.depth * e.columns, "b"))
    let expected = (0..<e.rows * e.columns).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: e.columns)
      return (0..<e.depth).reduce(0.0) { sum, k in
        sum + Double(a[transposed.left ? k * e.rows + i : i * e.depth + k]) * Double(b[transposed.right ? j * e.depth + k : k * e.columns + j])
      }
    }
    for pool in pools {
      let (c, scratch) = (Floats(count: e.rows * e.columns), Floats(count: TiledProduct.scratchCount(threads: pool.threadCount)))
      c.pointer.update(repeating: .nan, count: c.count)
      tiled.run(a.pointer, b.pointer, into: c.pointer, scratch: scratch.pointer, pool: pool)
      #expect(c.deviation(from: expected) < 1e-6)
    }
  }

  @Test func oddWidthsAreLeftToBLAS() {
    #expect(TiledProduct(MatrixProduct(rows: 100, columns: 100, depth: 100)) == nil)
    #expect(TiledProduct(MatrixProduct(rows: 2, columns: 16, depth: 16)) == nil)
  }
}
