/// Pixels in half blocks, two above each other in a character; without colours in characters as bright as they are.
struct PictureDrawing: PanelDrawing {
  let picture: Picture
  var hasNumbers: Bool { false }

  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas {
    let width = min(columns, picture.width)
    let small = picture.reduced(toWidth: width, height: max(1, (picture.height * width + picture.width / 2) / max(1, picture.width)))
    var canvas = TextCanvas(columns: small.width, rows: (small.height + 1) / 2)
    for row in 0..<canvas.rows {
      for column in 0..<small.width {
        let upper = small[column, 2 * row]
        let lower = 2 * row + 1 < small.height ? small[column, 2 * row + 1] : nil
        if space.colors == .none || space.isASCII {
          let brightness = (upper.brightness + (lower ?? upper).brightness) / 2
          canvas[column, row].glyph = Self.greys[min(Self.greys.count - 1, Int(brightness * Double(Self.greys.count)))]
        } else {
          canvas[column, row] = .init(glyph: "▀", front: upper, back: lower)
        }
      }
    }
    return canvas
  }

  /// From dark to bright, as a dark terminal shows them.
  private static let greys = Array(" .:-=+*#%@")
}
