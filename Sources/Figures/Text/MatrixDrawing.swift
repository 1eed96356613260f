import Tables

/// A heat map in shades, or in half blocks where there are colours.
struct MatrixDrawing: PanelDrawing {
  let map: HeatMap
  var hasNumbers: Bool { false }

  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas {
    if space.colors != .none, !space.isASCII {
      return PictureDrawing(picture: picture(columns: columns, rows: rows)).canvas(columns: columns, rows: rows, space)
    }
    let map = fitted(space, columns: columns)
    let width = 2 * map.columns <= columns ? 2 : 1
    var canvas = TextCanvas(columns: width * map.columns, rows: map.rows)
    let scale = map.scale
    let shades = Self.shades(space)
    for row in 0..<map.rows {
      for column in 0..<map.columns {
        let value = map.values[row * map.columns + column]
        let glyph = scale.share(value).map { shades[min(shades.count - 1, Int($0 * Double(shades.count)))] } ?? "?"
        for part in 0..<width { canvas[column * width + part, row].glyph = glyph }
      }
    }
    return canvas
  }

  /// As many entries as there is room for, each a block of the same form where the matrix is a square.
  private func fitted(_ space: FigureSpace, columns: Int) -> HeatMap {
    let room = max(1, columns / 2)
    let rows = min(map.rows, space.rows, max(1, room * map.rows / max(1, map.columns)))
    let across = min(map.columns, room, max(1, rows * map.columns / max(1, map.rows)))
    return map.averaged(toRows: rows, columns: max(across, min(map.columns, 1)))
  }

  /// A pixel is half a line high and a column wide.
  private func halved(columns: Int, rows: Int) -> HeatMap {
    map.averaged(
      toRows: min(2 * rows, max(1, columns * map.rows / max(1, map.columns))),
      columns: min(columns, max(1, 2 * rows * map.columns / max(1, map.rows))))
  }

  private func picture(columns: Int, rows: Int) -> Picture {
    let small = halved(columns: columns, rows: rows)
    let zoom = max(1, min(columns / max(1, small.columns), 2 * rows / max(1, small.rows)))
    var picture = Picture(width: small.columns * zoom, height: small.rows * zoom)
    let scale = small.scale
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let share = scale.share(small.values[y / zoom * small.columns + x / zoom])
        picture[x, y] = share.map { ColorMap.pixel($0, isSigned: small.isSigned) } ?? .init(128, 128, 128)
      }
    }
    return picture
  }

  private static func shades(_ space: FigureSpace) -> [Character] { Array(space.isASCII ? " .:-=+*#%@" : " ░▒▓█") }

  /// Where entries were averaged, the range of the means: the picture shows them.
  func scale(_ space: FigureSpace) -> [String] {
    let isColored = space.colors != .none && !space.isASCII
    let shown = isColored ? halved(columns: space.columns, rows: space.rows) : fitted(space, columns: space.columns)
    let scale = shown.scale
    let (low, high) = (NumberText.short(scale.low), NumberText.short(scale.high))
    // The wider bar where there is room for it.
    let room = space.columns - low.count - high.count - 4
    let shades = Self.shades(space)
    let count = isColored ? min(16, room) : room >= 2 * shades.count ? 2 : 1
    let bar =
      isColored
      ? (0..<max(0, count)).map {
        TerminalColor.painted("█", ColorMap.pixel(Double($0) / Double(max(1, count - 1)), isSigned: shown.isSigned), space.colors)
      }
      .joined()
      : "[" + shades.map { String(repeating: $0, count: count) }.joined() + "]"
    let hasRoom = isColored ? room > 1 : room >= shades.count
    let missing = map.values.contains { !$0.isFinite } ? [isColored ? "grey: no number" : "?: no number"] : []
    return (hasRoom ? ["\(low) \(bar) \(high)"] : TextFitting.wrapped("\(low) to \(high)", space.columns))
      + TextFitting.wrapped(([shown.summary(space.times)] + missing).joined(separator: "; "), space.columns)
  }
}
