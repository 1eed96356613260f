import Notebooks
import SourceText
import Syntax

/// A statement of the session as a notebook has it.
struct SavedStatement {
  /// As a script has it; over several lines where it was typed so.
  let source: String
  /// The statements of `source`.
  let statements: [Statement]
  /// What it answered.
  let output: [String]
  /// Why it stands in the notebook as a comment; nil: it is run again.
  let obstacle: String?
  /// What to know of it: that it was stopped, say.
  var remark: String?
  /// It is left out, and had done something before it failed.
  var isHalfDone = false

  /// With what it answered, or as comment.
  var text: String {
    guard obstacle == nil else {
      let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
      let rest = isHalfDone ? "; what it had done by then is not done here" : ""
      return "# left out, as \(obstacle ?? "")\(rest):\n" + lines.map { "#   \($0)" }.joined(separator: "\n")
    }
    return ((remark.map { ["# \($0)"] } ?? []) + [source] + output.map { $0.isEmpty ? "#>" : "#> \($0)" }).joined(separator: "\n")
  }

  /// Whether the experiment is another one behind it.
  var changesExperiment: Bool { statements.withNested.contains(where: \.changesExperiment) }
}

extension Statement {
  var changesExperiment: Bool {
    guard let command = StatementTable.command(for: self) else { return true }
    return command.isRecorded || command.recordsItself || ["rerun", "resume", "include", "undo", "back", "branch"].contains(keyword.name)
  }

  /// Whether what it answers is about the record, which another session has otherwise.
  var asksRecord: Bool {
    ["history", "sql", "diff", "compare", "lineage", "verify", "check"].contains(keyword.name)
  }

  /// Whether it names a run by a number, which is another run's in another history.
  var numbersRun: Bool {
    let text = source
    let statements = [
      "history \\d+$", "(diff|compare|verify|lineage|rerun|resume|note|tag|forget|restore) ([^\"]* )?\\d+", ".*\\brun\\(\\d", ".*\\bof \\d"
    ]
    return statements.contains { text.range(of: "^(\($0))", options: .regularExpression) != nil }
  }
}
