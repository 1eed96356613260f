/// Bars in eighths of a line, as wide as there is room for.
struct BarDrawing: PanelDrawing {
  let histogram: Histogram
  let y: AxisRange

  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas {
    let bars = histogram.merged(to: columns)
    let width = max(1, columns / max(1, bars.counts.count))
    var canvas = TextCanvas(columns: width * bars.counts.count, rows: rows)
    let parts = space.isASCII ? 1 : 8
    for (index, count) in bars.counts.enumerated() where count > 0 {
      // What is there is seen, however small.
      let height = max(1, Int(((y.share(Double(count)) ?? 0) * Double(rows * parts)).rounded()))
      for row in 0..<rows {
        let filled = min(parts, height - (rows - 1 - row) * parts)
        guard filled > 0 else { continue }
        let glyph: Character = space.isASCII ? "#" : Self.eighths[filled - 1]
        // A column between bars that are wide enough to have one.
        let end = width > 3 && space.isASCII ? width - 1 : width
        for column in index * width..<index * width + end { canvas[column, row].glyph = glyph }
      }
    }
    return canvas
  }

  func row(of share: Double, rows: Int, _ space: FigureSpace) -> Int {
    min(rows - 1, max(0, rows - Int((share * Double(rows)).rounded(.up))))
  }

  func column(of share: Double, columns: Int) -> Int { min(columns - 1, Int(share * Double(columns))) }

  private static let eighths = Array("▁▂▃▄▅▆▇█")
}
