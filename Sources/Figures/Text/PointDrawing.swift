/// Points: a letter for each group, of those in one place the most frequent; of a single group dots.
struct PointDrawing: PanelDrawing {
  let groups: [PointGroup]
  let x: AxisRange
  let y: AxisRange

  private var marks: [Character] { SeriesMark.marks(of: groups.map(\.title)) }

  func legend(_ space: FigureSpace) -> [String] {
    groups.count > 1 ? legend(groups.map(\.title), marks, space) : []
  }

  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas {
    var canvas = TextCanvas(columns: columns, rows: rows)
    guard groups.count > 1 || space.isASCII else {
      var grid = DotGrid(columns: columns, rows: rows, isASCII: false)
      for place in places(of: groups[0], grid.width, grid.height) { grid.dot(place.x, place.y, series: 0) }
      for row in 0..<rows {
        for column in 0..<columns { if let dots = grid.glyph(column: column, row: row) { canvas[column, row].glyph = dots } }
      }
      return canvas
    }
    var counts: [Int: [Int: Int]] = [:]
    for (index, group) in groups.enumerated() {
      for place in places(of: group, columns, rows) { counts[(rows - 1 - place.y) * columns + place.x, default: [:]][index, default: 0] += 1 }
    }
    for (cell, counts) in counts {
      guard let (group, _) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { continue }
      let mark: Character = groups.count > 1 ? marks[group] : "*"
      canvas[cell % columns, cell / columns] = .init(glyph: mark, front: groups.count > 1 ? SeriesColor.pixel(group) : nil)
    }
    return canvas
  }

  private func places(of group: PointGroup, _ width: Int, _ height: Int) -> [(x: Int, y: Int)] {
    group.points.compactMap { point in
      guard let across = x.share(point.x), let up = y.share(point.y) else { return nil }
      return (Int((across * Double(width - 1)).rounded()), Int((up * Double(height - 1)).rounded()))
    }
  }
}
