import SourceText

/// A panel's heading and axes in characters, around what its drawing fills in.
struct PanelFrame {
  private let panel: Panel
  private let space: FigureSpace
  private let x: AxisRange
  private let y: AxisRange
  private let drawing: any PanelDrawing

  init(_ panel: Panel, in space: FigureSpace, sharing shared: AxisRange?) {
    self.panel = panel
    self.space = space
    switch panel.content {
    case .curves(let curves):
      x = shared ?? AxisRange(curves.flatMap { $0.points.map(\.x) }, panel.x.scale)
      y = AxisRange(curves.flatMap { $0.points.map(\.y) }, panel.y.scale)
      drawing = CurveDrawing(curves: curves, x: x, y: y)
    case .points(let groups):
      x = AxisRange(groups.flatMap { $0.points.map(\.x) }, panel.x.scale)
      y = AxisRange(groups.flatMap { $0.points.map(\.y) }, panel.y.scale)
      drawing = PointDrawing(groups: groups, x: x, y: y)
    case .bars(let histogram):
      x = AxisRange(histogram.low, histogram.high, .linear)
      let most = Double(histogram.counts.max() ?? 1)
      y = panel.y.scale == .log ? AxisRange(0.5, max(most, 1), .log) : AxisRange(0, max(most, 1), .linear)
      drawing = BarDrawing(histogram: histogram, y: y)
    case .matrix(let map):
      (x, y) = (AxisRange(0, 1, .linear), AxisRange(0, 1, .linear))
      drawing = MatrixDrawing(map: map)
    case .picture(let picture):
      (x, y) = (AxisRange(0, 1, .linear), AxisRange(0, 1, .linear))
      drawing = PictureDrawing(picture: picture)
    }
  }

  /// Of the numbers at the left, in columns. In a window that has no room for both, the picture goes before the numbers.
  var ownMargin: Int {
    guard drawing.hasNumbers, !panel.isEmpty else { return 0 }
    let width = yTicks.marks.map(\.text.count).max() ?? 0
    return width + 12 <= space.columns ? width : 0
  }

  private var yTicks: AxisTicks { AxisTicks(y, most: max(2, space.rows / 3)) }

  func lines(margin: Int, hasNumbers: Bool) -> [String] {
    let inner = drawing.hasNumbers ? max(4, space.columns - margin - (margin > 0 ? 2 : 1)) : space.columns
    var lines = heading
    guard !panel.isEmpty else { return lines + [TextFitting.fit("(no value to plot)", space.columns, ascii: space.isASCII)] }
    lines += drawing.legend(space)
    let canvas = drawing.canvas(columns: inner, rows: space.rows, space)
    guard drawing.hasNumbers else { return lines + (0..<canvas.rows).map { canvas.line($0, space.colors) } + drawing.scale(space) }
    let numbers = rowNumbers(canvas.rows)
    let sign = space.isASCII ? (plain: "|", marked: "+") : (plain: "│", marked: "┤")
    for row in 0..<canvas.rows {
      let number = margin > 0 ? TextFitting.padded(numbers[row] ?? "", to: margin) + " " : ""
      lines.append(number + (numbers[row] == nil ? sign.plain : sign.marked) + canvas.line(row, space.colors))
    }
    return lines + bottom(margin: margin > 0 ? margin + 1 : 0, width: canvas.columns, hasNumbers: hasNumbers)
  }

  private var heading: [String] {
    let name = panel.title.isEmpty ? panel.y.label : panel.title
    guard !name.isEmpty else { return [] }
    return [TextFitting.fit(name + (panel.y.scale == .log ? " (log scale)" : ""), space.columns, ascii: space.isASCII)]
  }

  /// Which line has which number.
  private func rowNumbers(_ rows: Int) -> [Int: String] {
    var numbers: [Int: String] = [:]
    for mark in yTicks.marks {
      guard let share = y.share(mark.value) else { continue }
      let row = drawing.row(of: share, rows: rows, space)
      if numbers[row] == nil { numbers[row] = mark.text }
    }
    return numbers
  }

  /// The horizontal axis, its numbers and its name.
  private func bottom(margin: Int, width: Int, hasNumbers: Bool) -> [String] {
    var axis = [Character](repeating: space.isASCII ? "-" : "─", count: width)
    var numbers = [Character](repeating: " ", count: width)
    var free = 0
    let widest = AxisTicks(x, most: max(2, width / 8)).marks.map(\.text.count).max() ?? 1
    for mark in AxisTicks(x, most: max(2, width / (widest + 4))).marks {
      guard let share = x.share(mark.value) else { continue }
      let column = min(width - 1, drawing.column(of: share, columns: width))
      let start = min(max(0, column - mark.text.count / 2), width - mark.text.count)
      guard start >= free else { continue }
      axis[column] = space.isASCII ? "+" : "┬"
      numbers.replaceSubrange(start..<start + mark.text.count, with: mark.text)
      free = start + mark.text.count + 1
    }
    let indent = String(repeating: " ", count: margin)
    var lines = [indent + (space.isASCII ? "+" : "└") + String(axis)]
    guard hasNumbers else { return lines }
    lines.append(indent + " " + Self.trimmed(String(numbers)))
    let label = panel.x.label + (panel.x.scale == .log ? " (log scale)" : "")
    if !panel.x.label.isEmpty {
      lines.append(indent + " " + TextFitting.centered(TextFitting.fit(label, width, ascii: space.isASCII), width))
    }
    return lines
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}

/// What stands between the axes of a panel.
protocol PanelDrawing {
  /// Whether there are axes with numbers around it.
  var hasNumbers: Bool { get }
  func canvas(columns: Int, rows: Int, _ space: FigureSpace) -> TextCanvas
  /// Which mark is what, above the picture.
  func legend(_ space: FigureSpace) -> [String]
  /// What the shades stand for, below it.
  func scale(_ space: FigureSpace) -> [String]
  /// The line that a place in 0…1 of the vertical axis is on.
  func row(of share: Double, rows: Int, _ space: FigureSpace) -> Int
  func column(of share: Double, columns: Int) -> Int
}

extension PanelDrawing {
  var hasNumbers: Bool { true }
  func legend(_ space: FigureSpace) -> [String] { [] }
  func scale(_ space: FigureSpace) -> [String] { [] }

  func row(of share: Double, rows: Int, _ space: FigureSpace) -> Int {
    let dots = space.isASCII ? rows : rows * 4
    let dot = Int((share * Double(dots - 1)).rounded())
    return (dots - 1 - dot) / (space.isASCII ? 1 : 4)
  }

  func column(of share: Double, columns: Int) -> Int { Int((share * Double(columns - 1)).rounded()) }

  /// `a mo   b mr`
  func legend(_ titles: [String], _ marks: [Character], _ space: FigureSpace) -> [String] {
    let items = zip(titles, marks).enumerated().map { index, entry in
      let title = TextFitting.fit(entry.0, space.columns - 2, ascii: space.isASCII)
      let mark = TerminalColor.painted(String(entry.1), SeriesColor.pixel(index), space.colors)
      return (text: "\(mark) \(title)", width: DisplayText.width(of: title) + 2)
    }
    return TextFitting.lines(of: items, width: space.columns)
  }
}
