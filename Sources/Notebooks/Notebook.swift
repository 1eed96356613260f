import SourceText
import Syntax

/// A `.siam` file as a notebook: prose in comment lines, statements, and under a statement its output in lines that begin with `#>`.
///
/// It is a view of the file: every byte of the text belongs to exactly one block, so that nothing is lost when it is written again.
public struct Notebook: Sendable {
  public let file: SourceFile
  /// In the order of the file.
  public let blocks: [Block]
  /// The statements, in the order of the file.
  public let cells: [Cell]

  /// A stretch of whole lines.
  public enum Block: Sendable {
    /// Comment lines and blank lines.
    case prose(Prose)
    /// The statements of the cell with that index.
    case cell(Int)
    /// Lines of the output of the cell with that index.
    case output(Range<Int>, cell: Int)
  }

  /// Comment lines and blank lines, in bytes of the file.
  public struct Prose: Sendable {
    public let span: SourceSpan

    /// The lines without their `#`, as Markdown: what a report shows. Directives (`#~`) and a first line `#!…` are not part of it.
    public var markdown: String {
      let lines = span.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).compactMap { line -> String? in
        let text = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
        guard text.first == "#" else { return "" }
        let rest = text.dropFirst()
        if rest.first == Directive.sign || rest.first == "!" { return nil }
        return String(rest.first == " " ? rest.dropFirst() : rest)
      }
      return lines.joined(separator: "\n")
    }
  }

  /// The statements of one line, or one statement over several lines, with the output that was recorded for them.
  public struct Cell: Sendable {
    public let statements: [Statement]
    /// The lines of the statements, whole, without the last newline.
    public let span: SourceSpan
    /// What stands in the `#>` lines below, without the sign; nil where there are none.
    public let recorded: [String]?
    /// Of the first `#>` line.
    public let recordedLine: Int?
    /// How closely its numbers are compared, where the notebook says so.
    public let tolerance: Tolerance?

    /// 1-based.
    public var line: Int { span.line }
    /// The statements as typed, without the newline at the end.
    public var source: String { span.text }
  }

  /// - Throws: the first mistake in the text, as the parser finds it; a directive that says nothing.
  public init(_ file: SourceFile) throws(Diagnostic) {
    var reader = NotebookReader(file, statements: try Parser.statements(of: file, mode: .script))
    try reader.read()
    self.file = file
    blocks = reader.blocks
    cells = reader.cells
  }

  /// Whether any output was recorded.
  public var hasOutputs: Bool { cells.contains { $0.recorded != nil } }
}
