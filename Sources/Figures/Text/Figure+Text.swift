extension Figure {
  /// The figure in characters, no line longer than `columns`.
  public func text(columns: Int, rows: Int, ascii: Bool) -> String {
    text(in: FigureSpace(columns: columns, rows: rows, isASCII: ascii))
  }

  public func text(in space: FigureSpace) -> String {
    if isEmpty { return TextFitting.wrapped(emptiness, space.columns).joined(separator: "\n") }
    var panelSpace = space
    if panels.count > 1 { panelSpace.rows = max(4, (space.rows - 2 * (panels.count - 1)) / panels.count) }
    let shared = sharedRange
    let frames = panels.map { PanelFrame($0, in: panelSpace, sharing: shared) }
    let margin = frames.map(\.ownMargin).max() ?? 0
    var lines: [String] = []
    for (index, frame) in frames.enumerated() {
      lines += frame.lines(margin: margin, hasNumbers: shared == nil || index == frames.count - 1)
    }
    let remarks = notes + omissions
    for remark in remarks { lines += TextFitting.wrapped(remark, space.columns) }
    return lines.joined(separator: "\n")
  }

  private var emptiness: String {
    let isLogarithmic = panels.contains { $0.y.scale == .log || $0.x.scale == .log }
    return isLogarithmic ? "nothing to plot: no value is above 0, as a logarithmic axis needs" : "nothing to plot: no value is a number"
  }

  /// What has no place in the picture.
  var omissions: [String] {
    var (lost, low, all) = (0, 0, 0)
    for panel in panels {
      let points: [(x: Double, y: Double)] =
        switch panel.content {
        case .curves(let curves): curves.flatMap(\.points)
        case .points(let groups): groups.flatMap(\.points)
        default: []
        }
      all += points.count
      for point in points where !panel.x.shows(point.x) || !panel.y.shows(point.y) {
        if point.x.isFinite && point.y.isFinite { low += 1 } else { lost += 1 }
      }
      if case .bars(let histogram) = panel.content {
        lost += histogram.left
        all += histogram.left + histogram.counts.reduce(0, +)
      }
    }
    var texts: [String] = []
    if lost > 0 { texts.append("\(lost) of \(all) values \(lost == 1 ? "is no number" : "are no numbers")") }
    if low > 0 { texts.append("\(low) of \(all) values \(low == 1 ? "is" : "are") not above 0 and not on the logarithmic axis") }
    return texts
  }
}
