/// Lines as dots, two across and four down in a character of Braille, or one in a character where there is no UTF-8.
struct DotGrid {
  let columns: Int
  let rows: Int
  let width: Int
  let height: Int
  private let isASCII: Bool
  private var bits: [UInt8]
  /// Which series are in a cell, of the first 64.
  private var owners: [UInt64]

  init(columns: Int, rows: Int, isASCII: Bool) {
    self.columns = columns
    self.rows = rows
    self.isASCII = isASCII
    width = isASCII ? columns : columns * 2
    height = isASCII ? rows : rows * 4
    bits = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: 0, count: columns * rows)
  }

  /// A straight line between two dots, counted from the lower left.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), series: Int) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      dot(start.x + (end.x - start.x) * step / steps, start.y + (end.y - start.y) * step / steps, series: series)
    }
  }

  mutating func dot(_ x: Int, _ y: Int, series: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let row = height - 1 - y
    let cell = isASCII ? row * columns + x : (row / 4) * columns + x / 2
    bits[cell] |= isASCII ? 1 : Self.braille[row % 4][x % 2]
    owners[cell] |= 1 << UInt64(series % 64)
  }

  private static let braille: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  func holds(_ series: Int, column: Int, row: Int) -> Bool { owners[row * columns + column] & (1 << UInt64(series % 64)) != 0 }

  /// Whose cell it is: where several curves run together they take turns, so that none is hidden.
  func owner(column: Int, row: Int) -> Int? {
    let set = owners[row * columns + column]
    guard set != 0 else { return nil }
    let series = (0..<64).filter { set & (1 << UInt64($0)) != 0 }
    return series[column % series.count]
  }

  /// The dots of a cell as a character; nil where there are none.
  func glyph(column: Int, row: Int) -> Character? {
    let bits = bits[row * columns + column]
    guard bits != 0 else { return nil }
    return Unicode.Scalar(UInt32(0x2800) + UInt32(bits)).map(Character.init)
  }
}
