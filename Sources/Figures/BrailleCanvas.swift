/// A grid of dots in Braille characters, two across and four down in each, or of plain letters where the terminal has no UTF-8.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]
  /// Which curve drew in a cell last.
  private var owners: [Int]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: 0, count: columns * rows)
  }

  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// A straight line between two dots, counted from the lower left.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), curve: Int) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      dot(start.x + (end.x - start.x) * step / steps, start.y + (end.y - start.y) * step / steps, curve: curve)
    }
  }

  mutating func dot(_ x: Int, _ y: Int, curve: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let row = height - 1 - y
    let cell = (row / 4) * columns + x / 2
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    cells[cell] |= bits[row % 4][x % 2]
    owners[cell] = curve
  }

  /// One row of characters. With several curves in ASCII each has its letter.
  func row(_ row: Int, ascii: Bool) -> String {
    var text = ""
    for column in 0..<columns {
      let cell = cells[row * columns + column]
      if ascii {
        text += cell == 0 ? " " : CurveMark.letter(owners[row * columns + column])
      } else {
        text.unicodeScalars.append(Unicode.Scalar(UInt32(0x2800) + UInt32(cell)) ?? " ")
      }
    }
    return text
  }
}

/// How a curve is told from the others in ASCII.
enum CurveMark {
  static func letter(_ index: Int) -> String { String(Array("*+ox#@%&")[index % 8]) }
}
