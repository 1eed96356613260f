import Tables

extension Figure {
  /// The plot in characters: y labels at the left, x labels below, a legend where there are several curves.
  ///
  /// Several curves share the dots of a Braille grid, so each gets a panel of its own; in ASCII letters tell them apart.
  public func text(columns: Int, rows: Int, ascii: Bool) -> String {
    guard curves.contains(where: { !$0.finite.isEmpty }) else { return "nothing to plot: no value is a number" }
    if !ascii && curves.count > 1 {
      return curves.map {
        Figure(horizontal: horizontal, curves: [$0], vertical: vertical).text(columns: columns, rows: max(6, rows / 2), ascii: false)
      }
      .joined(separator: "\n")
    }
    let (x, y) = (x, y)
    let labels = (top: NumberText.short(y.high), bottom: NumberText.short(y.low))
    let margin = max(labels.top.count, labels.bottom.count)
    var canvas = BrailleCanvas(columns: max(16, columns - margin - 2), rows: rows)
    for (index, curve) in curves.enumerated() { draw(curve, index, x, y, on: &canvas) }
    var lines = [title(ascii: ascii)]
    for row in 0..<rows {
      let label = row == 0 ? labels.top : row == rows - 1 ? labels.bottom : ""
      lines.append(padded(label, to: margin) + (ascii ? " |" : " │") + canvas.row(row, ascii: ascii))
    }
    let left = NumberText.short(x.low)
    let right = "\(NumberText.short(x.high)) \(horizontal)"
    let gap = max(1, canvas.columns - left.count - right.count)
    lines.append(String(repeating: " ", count: margin + 2) + left + String(repeating: " ", count: gap) + right)
    return lines.joined(separator: "\n")
  }

  private func title(ascii: Bool) -> String {
    curves.enumerated().map { ascii && curves.count > 1 ? "\(CurveMark.letter($0.offset)) \($0.element.title)" : $0.element.title }
      .joined(separator: "   ")
  }

  private func padded(_ text: String, to width: Int) -> String { String(repeating: " ", count: width - text.count) + text }

  private func draw(_ curve: Curve, _ index: Int, _ x: Extent, _ y: Extent, on canvas: inout BrailleCanvas) {
    var previous: (x: Int, y: Int)?
    for point in curve.points {
      guard point.x.isFinite, point.y.isFinite else {
        previous = nil
        continue
      }
      let place = (
        x: Int((x.share(point.x) * Double(canvas.width - 1)).rounded()), y: Int((y.share(point.y) * Double(canvas.height - 1)).rounded())
      )
      canvas.line(from: previous ?? place, to: place, curve: index)
      previous = place
    }
  }
}
