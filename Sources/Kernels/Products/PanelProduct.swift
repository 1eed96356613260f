/// A product of a left operand, that is read number by number wherever its numbers lie, with a panel of vectors:
///
///     C[i, j] (+)= Σ_k A[i·rowStride + walk(k)] · B[k·panelStride + j]
///
/// with i over rows, j over one panel's columns, and k over the steps of `walk`. Strides are in floats. C's rows are `resultStride`
/// apart.
///
/// Tiles take the steps from a list: in a nest of loops the compiler stores a tile's sums with every line, and loads them again.
struct PanelProduct {
  var walk: SumWalk
  /// What `walk`, or one of more groups, wrote.
  var offsets: UnsafePointer<Int32>
  var rowStride: Int
  var panelStride: Int
  var resultStride: Int
  /// Adds to what C holds; else C is only written.
  var isAdding = false
  /// Writes C past the caches. A row of the panel in C is then whole lines, and the caller ends the stream.
  var isStreaming = false
  /// Where C's moments are added up by column, those of its rows together. Only with wide vectors.
  var moments: MomentTally.Columns?
  /// What will be needed after this product: so many floats from there on are asked for bit by bit, step by step.
  var ahead: (pointer: UnsafePointer<Float>, count: Int)?

  /// `width`: the columns of the panel.
  ///
  /// Not inlined: copies in large functions are compiled less well.
  @inline(never)
  func run(
    rows: Int, width: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    guard Panel.hasWideVectors else { return runByBLAS(rows, width, left, panel, result) }
    switch width {
    case 64: runFourVectors(rows, left, panel, result)
    case 32: runTwoVectors(rows, left, panel, result)
    case 16: runOneVector(rows, left, panel, result, SIMD16<Float>.self)
    default: runOneVector(rows, left, panel, result, SIMD8<Float>.self)
    }
  }

  /// Tiles of 512-bit vectors would not fit the registers of a lesser processor, and OpenBLAS knows it better.
  private func runByBLAS(
    _ rows: Int, _ width: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>
  ) {
    var product = MatrixProduct(
      rows: rows, columns: width, depth: walk.depth, transposingLeft: rowStride == 1 && walk.depthStride != 1)
    product.leftStride = product.transposingLeft ? walk.depthStride : rowStride
    product.rightStride = panelStride
    product.resultStride = resultStride
    product.accumulating = isAdding
    for group in 0..<walk.groups {
      for line in 0..<walk.lines {
        let vectors = panel + (group * walk.lines + line) * walk.depth * panelStride
        product.run(left + group * walk.groupStride + line * walk.lineStride, vectors, into: result)
        product.accumulating = true
      }
    }
  }

  // The tiles are such that few rows are left to lower ones: a tile of fewer than 8 vectors waits for its own sums.

  private func runOneVector<Vector: StreamableVector>(
    _ rows: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, _: Vector.Type
  ) {
    typealias Four = TwiceAsHigh<TwiceAsHigh<OneRow<OneVector<Vector>>>>
    var row = 0
    if Panel.hasWideVectors {
      row = run(TwiceAsHigh<TwiceAsHigh<Four>>.self, from: 0, to: rows, left, panel, result)
      row = run(ThriceAsHigh<Four>.self, from: row, to: rows, left, panel, result)
      // Nine: a line of a 3×3 kernel over three colors.
      row = run(ThriceAsHigh<ThriceAsHigh<OneRow<OneVector<Vector>>>>.self, from: row, to: rows, left, panel, result)
    }
    row = run(TwiceAsHigh<Four>.self, from: row, to: rows, left, panel, result)
    row = run(Four.self, from: row, to: rows, left, panel, result)
    _ = run(OneRow<OneVector<Vector>>.self, from: row, to: rows, left, panel, result)
  }

  private func runTwoVectors(
    _ rows: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>
  ) {
    typealias Row = OneRow<TwiceAsWide<OneVector<SIMD16<Float>>>>
    typealias Four = TwiceAsHigh<TwiceAsHigh<Row>>
    var row = 0
    // With twelve rows wherever they lie, their addresses and the sums are more than there are registers.
    if rowStride == 1 { row = run(ThriceAsHigh<Four>.self, from: 0, to: rows % 12 == 4 ? rows - 16 : rows, left, panel, result) }
    if rows == 9 { row = run(ThriceAsHigh<ThriceAsHigh<Row>>.self, from: 0, to: rows, left, panel, result) }
    row = run(TwiceAsHigh<Four>.self, from: row, to: rows, left, panel, result)
    row = run(Four.self, from: row, to: rows, left, panel, result)
    _ = run(Row.self, from: row, to: rows, left, panel, result)
  }

  private func runFourVectors(
    _ rows: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>
  ) {
    typealias Row = OneRow<TwiceAsWide<TwiceAsWide<OneVector<SIMD16<Float>>>>>
    let sixes = rows % 6 == 2 ? rows - 8 : rows
    var row = run(ThriceAsHigh<TwiceAsHigh<Row>>.self, from: 0, to: sixes, left, panel, result)
    row = run(TwiceAsHigh<TwiceAsHigh<Row>>.self, from: row, to: rows, left, panel, result)
    row = run(ThriceAsHigh<Row>.self, from: row, to: rows, left, panel, result)
    row = run(TwiceAsHigh<Row>.self, from: row, to: rows, left, panel, result)
    _ = run(Row.self, from: row, to: rows, left, panel, result)
  }

  /// As many whole tiles as fit; returns the first row that is left.
  @inline(__always)
  private func run<Tile: RegisterTile>(
    _: Tile.Type, from first: Int, to rows: Int, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) -> Int {
    var row = first
    while row + Tile.rows <= rows {
      sum(Tile.self, left + row * rowStride, panel, result + row * resultStride, ahead: share(of: row..<(row + Tile.rows), rows))
      row += Tile.rows
    }
    return row
  }

  /// What a tile of some of the rows asks for: from where on, and how many floats with each step.
  @inline(__always)
  private func share(of tile: Range<Int>, _ rows: Int) -> (pointer: UnsafePointer<Float>, perStep: Int)? {
    guard let ahead else { return nil }
    let (first, end) = (ahead.count * tile.lowerBound / rows, ahead.count * tile.upperBound / rows)
    return (ahead.pointer + first, (end - first + walk.count - 1) / walk.count)
  }

  @inline(__always)
  private func sum<Tile: RegisterTile>(
    _: Tile.Type, _ left: UnsafePointer<Float>, _ panel: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    ahead: (pointer: UnsafePointer<Float>, perStep: Int)?
  ) {
    var tile = Tile()
    var next = ahead?.pointer ?? left
    let nextPerStep = ahead?.perStep ?? 0
    var vectors = panel
    // Adjacent rows are read with one address, which is worth code of its own.
    if rowStride == 1 {
      for step in 0..<walk.count {
        Prefetch.read(next)
        next += nextPerStep
        tile.add(left + Int(offsets[step]), stride: 1, Tile.Vectors(at: vectors))
        vectors += panelStride
      }
    } else {
      for step in 0..<walk.count {
        Prefetch.read(next)
        next += nextPerStep
        tile.add(left + Int(offsets[step]), stride: rowStride, Tile.Vectors(at: vectors))
        vectors += panelStride
      }
    }
    if let moments {
      var (first, second) = (Tile.Vectors(), Tile.Vectors())
      tile.addDistances(from: Tile.Vectors(at: moments.guess), to: &first, &second)
      first.add(to: moments.sums)
      second.add(to: moments.squares)
    }
    if isAdding {
      tile.add(to: result, stride: resultStride)
    } else if isStreaming {
      tile.stream(to: result, stride: resultStride)
    } else {
      tile.store(to: result, stride: resultStride)
    }
  }
}
