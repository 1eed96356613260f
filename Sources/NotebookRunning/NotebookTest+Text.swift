import Notebooks
import SourceText

extension NotebookTest {
  /// What differs, cell by cell, and a last line that says how the test ended:
  ///
  ///     ge.siam:4: `print cos(neggrad(loss, Za), Zb + oe)`
  ///       - 1.0000
  ///       + 0.9731
  ///       0.9731 is 0.0269 off; allowed: 0.001 relative, 1e-06 absolute
  ///     ge.siam: 1 of 3 outputs differs
  public var text: String { (failures.map(\.text) + [summary]).joined(separator: "\n") }

  private var summary: String {
    let name = DisplayText.visible(run.notebook.file.name)
    let ending: String
    switch run.end {
    case .completed, .quit:
      if !run.notebook.hasOutputs {
        ending = "runs; it has no `#>` outputs to compare (`siam update` writes them)"
      } else if failures.isEmpty {
        ending = comparedCount == 1 ? "1 output as recorded" : "\(comparedCount) outputs as recorded"
      } else {
        ending = "\(failures.count) of \(comparedCount) output\(comparedCount == 1 ? "" : "s") differ\(failures.count == 1 ? "s" : "")"
      }
    case .interrupted: ending = "interrupted in line \(lastLine)"
    default:
      ending = run.cells.isEmpty ? "was not run" : "ended by line \(lastLine)" + (failures.isEmpty ? "" : "; \(failures.count) before it differ")
    }
    return "\(name): \(ending)"
  }

  private var lastLine: Int { run.cells.last.map { run.notebook.cells[$0.index].line } ?? 1 }
}

extension NotebookTest.Failure {
  /// Lines around a difference that are shown.
  private static let context = 2

  var text: String {
    let file = cell.span.file
    let place = "\(DisplayText.visible(file.name)):\(cell.recordedLine ?? cell.line): "
    let source = cell.source.split(whereSeparator: \.isNewline)
    let title = DisplayText.visible(String((source.first ?? "").prefix(80))) + (source.count > 1 || (source.first?.count ?? 0) > 80 ? " …" : "")
    var lines = [place + "`\(title)`" + (cell.recorded == nil ? " has no output recorded" : "")]
    lines += shownLines.map { "  " + $0 }
    if let (recorded, found) = comparison.farthest {
      let distance = Distance(recorded, found).text
      lines.append("  \(found) is \(distance) off; allowed: \(tolerance)")
    }
    return lines.joined(separator: "\n")
  }

  private var shownLines: [String] {
    let lines = comparison.lines
    var isShown = Array(repeating: false, count: lines.count)
    for index in lines.indices {
      if case .equal = lines[index] { continue }
      for near in max(0, index - Self.context)...min(lines.count - 1, index + Self.context) { isShown[near] = true }
    }
    var shown: [String] = []
    var last = -1
    for index in lines.indices where isShown[index] {
      if index > last + 1 { shown.append("  …") }
      last = index
      switch lines[index] {
      case .equal(let text): shown.append("  " + text)
      case .missing(let text): shown.append("- " + text)
      case .added(let text): shown.append("+ " + text)
      }
    }
    return shown
  }

  /// How far two numbers lie apart, in a few digits.
  private struct Distance {
    let text: String
    init(_ recorded: Double, _ found: Double) {
      let distance = abs(recorded - found)
      let scale = distance > 0 && distance.isFinite ? Self.powerOfTen(below: distance) / 100 : 1
      text = "\((distance / scale).rounded() * scale)"
    }
    private static func powerOfTen(below value: Double) -> Double {
      var power = 1.0
      while power > value { power /= 10 }
      while power * 10 <= value { power *= 10 }
      return power
    }
  }
}
