/// Lines in dots; of several each has its letter, which stands on the line here and there.
struct CurveDrawing: PanelDrawing {
  let curves: [Curve]
  let x: AxisRange
  let y: AxisRange

  func legend(_ space: FigureSpace) -> [String] {
    curves.count > 1 ? legend(curves.map(\.title), marks, space) : []
  }

  private var marks: [Character] { SeriesMark.marks(of: curves.map(\.title)) }

  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas {
    var grid = DotGrid(columns: columns, rows: rows, isASCII: space.isASCII)
    var lone: [(column: Int, row: Int, series: Int)] = []
    for (series, curve) in curves.enumerated() { lone += draw(curve, series, on: &grid, space) }
    var canvas = TextCanvas(columns: columns, rows: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        guard let owner = grid.owner(column: column, row: row), let dots = grid.glyph(column: column, row: row) else { continue }
        let mark: Character = curves.count > 1 ? marks[owner] : "*"
        canvas[column, row] = .init(glyph: space.isASCII ? mark : dots, front: curves.count > 1 ? SeriesColor.pixel(owner) : nil)
      }
    }
    for point in lone {
      canvas[point.column, point.row].glyph = curves.count > 1 ? marks[point.series] : space.isASCII ? "*" : "•"
    }
    if curves.count > 1, !space.isASCII { placeLetters(on: &canvas, grid) }
    return canvas
  }

  /// Joins the points of a curve. As every stretch is drawn, no peak of a long series is lost however narrow the window.
  ///
  /// - Returns: the points without a neighbour, and those that are to be seen.
  private func draw(_ curve: Curve, _ series: Int, on grid: inout DotGrid, _ space: FigureSpace) -> [(column: Int, row: Int, series: Int)] {
    var previous: (x: Int, y: Int)?
    var isJoined = true
    var lone: [(column: Int, row: Int, series: Int)] = []
    func cell(_ place: (x: Int, y: Int)) -> (column: Int, row: Int, series: Int) {
      let (across, down) = space.isASCII ? (1, 1) : (2, 4)
      return (place.x / across, (grid.height - 1 - place.y) / down, series)
    }
    for point in curve.points {
      guard let across = x.share(point.x), let up = y.share(point.y) else {
        if let previous, !isJoined { lone.append(cell(previous)) }
        previous = nil
        continue
      }
      let place = (x: Int((across * Double(grid.width - 1)).rounded()), y: Int((up * Double(grid.height - 1)).rounded()))
      grid.line(from: previous ?? place, to: place, series: series)
      isJoined = previous != nil
      if curve.isMarked { lone.append(cell(place)) }
      previous = place
    }
    if let previous, !isJoined { lone.append(cell(previous)) }
    return lone
  }

  /// A letter every sixteen columns, those of the curves beside each other.
  private func placeLetters(on canvas: inout TextCanvas, _ grid: DotGrid) {
    let distance = 16
    var taken: Set<[Int]> = []
    for series in curves.indices {
      let places = (0..<grid.columns).compactMap { column -> [Int]? in
        let rows = (0..<grid.rows).filter { grid.holds(series, column: column, row: $0) }
        return rows.isEmpty ? nil : [column, rows[rows.count / 2]]
      }
      let phase = series * distance / max(2, min(curves.count, distance))
      var chosen = places.filter { $0[0] % distance == phase % distance && !taken.contains($0) }
      // A short curve may begin and end between two of them.
      if chosen.isEmpty { chosen = places.first { !taken.contains($0) }.map { [$0] } ?? [] }
      for place in chosen {
        taken.insert(place)
        canvas[place[0], place[1]] = .init(glyph: marks[series], front: SeriesColor.pixel(series))
      }
    }
  }
}
