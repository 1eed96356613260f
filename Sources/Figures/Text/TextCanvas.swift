/// A grid of characters, each with its colours.
struct TextCanvas {
  struct Cell {
    var glyph: Character = " "
    var front: Picture.Pixel?
    var back: Picture.Pixel?
  }

  let columns: Int
  let rows: Int
  private var cells: [Cell]

  init(columns: Int, rows: Int) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    cells = Array(repeating: Cell(), count: self.columns * self.rows)
  }

  /// From the upper left.
  subscript(column: Int, row: Int) -> Cell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }

  /// One line, with the escape sequences of its colours.
  func line(_ row: Int, _ depth: ColorDepth) -> String {
    var text = ""
    var (front, back): (Picture.Pixel?, Picture.Pixel?) = (nil, nil)
    for column in 0..<columns {
      let cell = self[column, row]
      // The colour of a blank is not seen.
      let wanted = cell.glyph == " " ? front : cell.front
      if depth != .none, wanted != front || cell.back != back {
        if front != nil && wanted == nil || back != nil && cell.back == nil { text += TerminalColor.reset }
        if let wanted { text += TerminalColor.front(wanted, depth) }
        if let color = cell.back { text += TerminalColor.back(color, depth) }
        (front, back) = (wanted, cell.back)
      }
      text.append(cell.glyph)
    }
    return front == nil && back == nil ? text : text + TerminalColor.reset
  }
}

/// Escape sequences.
enum TerminalColor {
  static let reset = "\u{1B}[0m"
  static func front(_ pixel: Picture.Pixel, _ depth: ColorDepth) -> String { "\u{1B}[38;\(code(pixel, depth))m" }
  static func back(_ pixel: Picture.Pixel, _ depth: ColorDepth) -> String { "\u{1B}[48;\(code(pixel, depth))m" }

  static func painted(_ text: String, _ pixel: Picture.Pixel, _ depth: ColorDepth) -> String {
    depth == .none ? text : front(pixel, depth) + text + reset
  }

  private static func code(_ pixel: Picture.Pixel, _ depth: ColorDepth) -> String {
    if depth == .full { return "2;\(pixel.red);\(pixel.green);\(pixel.blue)" }
    let channels = [pixel.red, pixel.green, pixel.blue].map(Int.init)
    // The 24 greys are finer than the six steps of the cube.
    if let most = channels.max(), let least = channels.min(), most - least < 12 {
      let grey = channels.reduce(0, +) / 3
      return grey < 4 ? "5;16" : grey > 246 ? "5;231" : "5;\(232 + min(23, max(0, (grey - 3) / 10)))"
    }
    let steps = channels.map { $0 < 48 ? 0 : $0 < 115 ? 1 : ($0 - 35) / 40 }
    return "5;\(16 + 36 * steps[0] + 6 * steps[1] + steps[2])"
  }
}
