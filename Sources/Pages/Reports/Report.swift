import Commands
import RunHistory
import SourceText
import Tables

/// A notebook that was run, as it is handed on: prose, statements, what they answered, the runs they made, and how all of it came about.
public struct Report: Sendable {
  public enum Part: Sendable {
    /// Markdown.
    case prose(String)
    case cell(Cell)
  }

  /// Statements that stand together, and what they said.
  public struct Cell: Sendable {
    /// Whole lines of the file, in bytes.
    public let range: Range<Int>
    public let said: [Said]
    /// Numbers of the runs that it made.
    public let runs: [Int64]

    public init(range: Range<Int>, said: [Said], runs: [Int64] = []) {
      self.range = range
      self.said = said
      self.runs = runs
    }
  }

  public typealias Said = StatementTrace.Said

  /// A name and what it is.
  public struct Fact: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public let file: SourceFile
  public var parts: [Part]
  /// What was said of no statement.
  public var diagnostics: [Diagnostic]
  public var end: SessionEnd
  /// How many cells were not reached.
  public var unreachedCount: Int
  public var runs: [RunReport]
  /// When and how it was run.
  public var circumstances: [Fact]
  public var versions: [Fact]

  public init(
    file: SourceFile, parts: [Part], diagnostics: [Diagnostic] = [], end: SessionEnd = .completed, unreachedCount: Int = 0,
    runs: [RunReport] = [], circumstances: [Fact] = [], versions: [Fact] = []
  ) {
    self.file = file
    self.parts = parts
    self.diagnostics = diagnostics
    self.end = end
    self.unreachedCount = unreachedCount
    self.runs = runs
    self.circumstances = circumstances
    self.versions = versions
  }
}

extension Report {
  /// The name of the file, without its folder.
  var fileName: String { file.name.split(separator: "/").last.map(String.init) ?? file.name }

  /// The first heading of the prose, else the file's name.
  var title: String {
    for case .prose(let text) in parts { if let title = MarkdownDocument(text).title { return title } }
    return fileName
  }

  /// One sentence on how it ended; nil where it came to its end.
  var ending: String? {
    let unreached =
      unreachedCount == 0 ? "" : unreachedCount == 1 ? " One further statement was not run." : " \(unreachedCount) further statements were not run."
    switch end {
    case .completed: return nil
    case .quit: return unreachedCount == 0 ? nil : "It ended with `quit`.\(unreached)"
    case .failed: return "It failed.\(unreached)"
    case .usage: return "It ended with an error.\(unreached)"
    case .interrupted: return "It was interrupted.\(unreached)"
    }
  }
}
