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
    .init(rows: 64, columns: 256, depth: 128), .init(rows: 23, columns: 48, depth: 1100), .init(rows: 130, columns: 16, depth: 513),
    .init(rows: 333, columns: 112, depth: 40), .init(rows: 1, columns: 1920, depth: 600)
  ]

  @Test(arguments: extents, [(false, false), (false, true), (true, false), (true, true)])
  func isTheDefinition(extents e: Extents, transposed: (left: Bool, right: Bool)) throws {
    let product = MatrixProduct(
      rows: e.rows, columns: e.columns, depth: e.depth, transposingLeft: transposed.left, transposingRight: transposed.right)
    // On a processor without wide vectors there are none.
    guard let tiled = TiledProduct(product) else { return #expect(TiledProduct(MatrixProduct(rows: 512, columns: 512, depth: 512)) == nil) }
    let (a, b) = (Floats(random: e.rows * e.depth, "a"), Floats(random: e.depth * e.columns, "b"))
    let expected = (0..<e.rows * e.columns).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: e.columns)
      return (0..<e.depth).reduce(0.0) { sum, k in
        sum + Double(a[transposed.left ? k * e.rows + i : i * e.depth + k]) * Double(b[transposed.right ? j * e.depth + k : k * e.columns + j])
      }
    }
    for pool in pools {
      let (c, scratch) = (Floats(count: e.rows * e.columns), Floats(count: tiled.scratchCount(threads: pool.threadCount)))
      c.pointer.update(repeating: .nan, count: c.count)
      tiled.run(a.pointer, b.pointer, into: c.pointer, scratch: scratch.pointer, pool: pool)
      #expect(c.deviation(from: expected) < 1e-6)
    }
  }

  /// Half of AᵀA or AAᵀ is made and the rest its mirror image, to the last bit what the whole product is.
  @Test(arguments: [(64, 300), (112, 100), (144, 1100), (336, 40)], [false, true])
  func aMatrixWithItself(shape: (size: Int, depth: Int), transposesLeft: Bool) {
    let (n, depth) = (shape.size, shape.depth)
    let product = MatrixProduct(rows: n, columns: n, depth: depth, transposingLeft: transposesLeft, transposingRight: !transposesLeft)
    guard let whole = TiledProduct(product), let half = TiledProduct(product, ofItself: true) else { return }
    let a = Floats(random: n * depth, "a")
    for pool in pools {
      let results = [whole, half].map { tiled in
        let (c, scratch) = (Floats(count: n * n), Floats(count: tiled.scratchCount(threads: pool.threadCount)))
        c.pointer.update(repeating: .nan, count: c.count)
        tiled.run(a.pointer, a.pointer, into: c.pointer, scratch: scratch.pointer, pool: pool)
        return c
      }
      #expect(results[1].hasBits(of: results[0]))
    }
  }

  @Test func oddWidthsAreLeftToBLAS() {
    #expect(TiledProduct(MatrixProduct(rows: 100, columns: 100, depth: 100)) == nil)
    #expect(TiledProduct(MatrixProduct(rows: 2, columns: 16, depth: 16)) == nil)
  }
}
