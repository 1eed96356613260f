import SourceText
import Syntax

/// Cuts a file into blocks of whole lines, along the statements that the parser found in it.
struct NotebookReader {
  private let file: SourceFile
  private let statements: [Statement]
  private(set) var blocks: [Notebook.Block] = []
  private(set) var cells: [Notebook.Cell] = []
  /// What the latest directive says.
  private var tolerance: Tolerance?

  init(_ file: SourceFile, statements: [Statement]) {
    self.file = file
    self.statements = statements
  }

  mutating func read() throws(Diagnostic) {
    var line = 1
    for group in groups {
      try readComments(from: line, before: group.lines.lowerBound)
      cells.append(
        Notebook.Cell(
          statements: group.statements, span: SourceSpan(file, bytes(of: group.lines, withNewline: false)), recorded: nil, recordedLine: nil,
          tolerance: tolerance))
      blocks.append(.cell(cells.count - 1))
      line = group.lines.upperBound + 1
    }
    try readComments(from: line, before: file.lineCount + 1)
  }

  /// Statements that share a line are one cell.
  private var groups: [(statements: [Statement], lines: ClosedRange<Int>)] {
    var groups: [(statements: [Statement], lines: ClosedRange<Int>)] = []
    for statement in statements {
      let range = statement.span.range
      let first = file.line(at: range.lowerBound)
      let last = file.line(at: max(range.lowerBound, range.upperBound - 1))
      if let group = groups.last, group.lines.upperBound >= first {
        groups[groups.count - 1] = (group.statements + [statement], group.lines.lowerBound...max(last, group.lines.upperBound))
      } else {
        groups.append(([statement], first...last))
      }
    }
    return groups
  }

  /// The lines between two cells: what stands in `#>` lines is the output of the cell above, wherever prose stands between.
  private mutating func readComments(from first: Int, before end: Int) throws(Diagnostic) {
    var line = first
    var recorded: [String] = []
    var recordedLine: Int?
    while line < end {
      let isOutput = !cells.isEmpty && outputText(ofLine: line) != nil
      var last = line
      while last + 1 < end, (!cells.isEmpty && outputText(ofLine: last + 1) != nil) == isOutput { last += 1 }
      let range = bytes(of: line...last, withNewline: true)
      // Behind the last newline of a file there is a line without any byte.
      if !range.isEmpty {
        if isOutput {
          recordedLine = recordedLine ?? line
          recorded += (line...last).compactMap { outputText(ofLine: $0) }
          blocks.append(.output(range, cell: cells.count - 1))
        } else {
          try readDirectives(line...last)
          blocks.append(.prose(Notebook.Prose(span: SourceSpan(file, range))))
        }
      }
      line = last + 1
    }
    guard let recordedLine, let cell = cells.last else { return }
    cells[cells.count - 1] = Notebook.Cell(
      statements: cell.statements, span: cell.span, recorded: recorded, recordedLine: recordedLine, tolerance: cell.tolerance)
  }

  private mutating func readDirectives(_ lines: ClosedRange<Int>) throws(Diagnostic) {
    for line in lines {
      if cells.isEmpty, outputText(ofLine: line) != nil {
        throw Diagnostic(
          "no statement stands above this output", at: SourceSpan(file, file.range(ofLine: line)),
          hint: "`#>` lines hold what the statement above them answers")
      }
      if let directive = try Directive(line: line, of: file) { tolerance = directive.tolerance }
    }
  }

  /// What stands behind the `#>` of a line; nil where it has none.
  private func outputText(ofLine line: Int) -> String? {
    OutputText.content(ofLine: file.text(in: file.range(ofLine: line)))
  }

  /// Of whole lines.
  private func bytes(of lines: ClosedRange<Int>, withNewline: Bool) -> Range<Int> {
    let start = file.range(ofLine: lines.lowerBound).lowerBound
    guard withNewline else { return start..<file.range(ofLine: lines.upperBound).upperBound }
    let end = lines.upperBound < file.lineCount ? file.range(ofLine: lines.upperBound + 1).lowerBound : file.bytes.count
    return start..<end
  }
}
