import Foundation
import Notebooks
import SourceText
import Syntax

/// A session's statements as a notebook that makes the session again, in a folder.
struct SessionText {
  private let session: Session
  /// Where the notebook will be: paths are relative to it.
  private let folder: String

  init(_ session: Session, in folder: String) { (self.session, self.folder) = (session, session.absolutePath(folder)) }

  /// Those that were run to their end, and as comments those that were not.
  var statements: [SavedStatement] {
    var saved: [SavedStatement] = []
    if let profile = session.options.profileOverride, let use = statement("use \(profile)", output: [], obstacle: nil) { saved.append(use) }
    // Where the training stands that Ctrl-C stopped, and how many steps it has done.
    var stopped: (place: Int, steps: Int)?
    // Whether the notebook has trained on where the session did not.
    var isElsewhere = false
    for trace in session.traces where !["save", "quit", "help"].contains(trace.statement.keyword.name) {
      let wasInterrupted = trace.end == .interrupted && trace.statement.isTraining && !trace.runs.isEmpty
      let steps = trace.runs.compactMap { session.record.run(numbered: $0.id)?.fact("steps")?.number }.reduce(0) { $0 + (Int(exactly: $1) ?? 0) }
      // What Ctrl-C stopped and a bare `train` went on with is done at once.
      if let (place, done) = stopped, case .train(false, nil, _, _) = trace.statement.kind {
        stopped = wasInterrupted ? (place, done + steps) : nil
        saved[place].remark = stopped.map { Self.remark($0.steps) }
        continue
      }
      if stopped != nil, [trace.statement].withNested.contains(where: \.changesExperiment) { (stopped, isElsewhere) = (nil, true) }
      let source = source(of: trace.statement)
      var output = OutputText.lines(of: trace.answers.map { $0.text(in: .page) })
      if !output.isEmpty, isElsewhere || stopped != nil || [trace.statement].withNested.contains(where: \.asksRecord) { output.insert("…", at: 0) }
      if var next = statement(source, output: output, obstacle: obstacle(of: trace, isWhole: wasInterrupted)) {
        if wasInterrupted {
          next.remark = Self.remark(steps)
          stopped = (saved.count, steps)
        }
        next.isHalfDone = next.obstacle != nil && trace.changedState
        if next.isHalfDone { isElsewhere = true }
        saved.append(next)
      }
    }
    return saved
  }

  private static func remark(_ steps: Int) -> String { "It was stopped after \(steps.counted("step")); here it trains to its end." }

  private func statement(_ source: String, output: [String], obstacle: String?) -> SavedStatement? {
    let file = SourceFile(name: folder + "/session.siam", text: source)
    guard let statements = try? Parser.statements(of: file, mode: .script) else {
      return SavedStatement(source: source, statements: [], output: [], obstacle: obstacle ?? "it is for the prompt")
    }
    return SavedStatement(source: source, statements: statements, output: output, obstacle: obstacle)
  }

  private func obstacle(of trace: StatementTrace, isWhole: Bool) -> String? {
    switch trace.end {
    case .completed, .quit: break
    case .interrupted: if !isWhole { return "it was interrupted" }
    case .failed, .usage: return "it failed" + (trace.diagnostics.last.map { " (\(DisplayText.visible($0.message)))" } ?? "")
    }
    // In a history of its own the session's runs have the numbers that they have here only if they begin at 1.
    let isNumbered = session.record.entries.first.map { $0.id == 1 } ?? false
    return !isNumbered && [trace.statement].withNested.contains(where: \.numbersRun) ? "it names runs by the numbers of another history" : nil
  }

  // MARK: Words

  /// As typed where a script may have it so, else as it is printed.
  private func source(of statement: Statement) -> String {
    if case .include = statement.kind, let text = included(statement) { return text }
    let text = words(of: statement)
    if parses(text) { return text }
    let prompt = SourceFile(name: "<prompt>", text: text)
    let known = (try? Parser.statements(of: prompt, mode: .prompt, isKnownName: session.isKnownName)) ?? []
    return known.isEmpty ? statement.source : known.map(\.source).joined(separator: "; ")
  }

  private func parses(_ text: String) -> Bool {
    (try? Parser.statements(of: SourceFile(name: "<prompt>", text: text), mode: .script))?.count == 1
  }

  private func words(of statement: Statement) -> String {
    var replaced = session.replacedText
    for (span, text) in [statement].withNested.flatMap(paths) { replaced.replace(span, by: text) }
    return replaced.text(of: statement.span)
  }

  /// A file in which the command line has replaced something stands in the notebook as it was run; nil where it can be included as it is.
  private func included(_ statement: Statement) -> String? {
    guard let files = session.includedFiles[statement.span], files.contains(where: session.replacedText.touches), let file = files.first,
      let statements = try? Parser.statements(of: file, mode: .script)
    else { return nil }
    let lines = statements.map { source(of: $0) }.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    return (["if true {  # \(statement.source), with what the command line set"] + lines.map { "  \($0)" } + ["}"]).joined(separator: "\n")
  }

  /// The files that a statement names, as the notebook has to name them.
  private func paths(_ statement: Statement) -> [(SourceSpan, String)] {
    var names: [(String, SourceSpan)] = []
    switch statement.kind {
    case .include(let name): names = [(name.name, name.span)]
    case .plot(let plot): names = [plot.file].compactMap { $0.map { ($0.name, $0.span) } }
    case .history(let history): names = [history.file, history.copy].compactMap { $0.map { ($0.name, $0.span) } }
    case .export(let export): names = [(export.file.name, export.file.span)]
    case .command(let arguments) where ["load", "import", "check", "data", "save"].contains(statement.keyword.name):
      for case .string(let text) in arguments.map(\.kind) {
        if let site = arguments.first(where: { $0.isString(text) }) { names.append((text, site.span)) }
      }
    default: break
    }
    return names.compactMap { name, span in
      guard !name.hasPrefix("~"), !name.hasPrefix("/") else { return nil }
      // A data folder is relative to where the program was started, any other name to the script.
      let isData = statement.keyword.name == "data"
      let path = session.absolutePath(isData ? name : session.path(name, besides: span.file))
      if !isData, path == session.absolutePath(folder + "/" + name) { return nil }
      let base = String(path.dropLast(name.hasPrefix("../") || name.hasPrefix("./") ? 0 : name.count))
      let whole = path.hasSuffix(name) ? TextTemplate.escaping(base) + name : path
      return (span, "\"" + whole.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\"")
    }
  }
}

extension Argument {
  fileprivate func isString(_ text: String) -> Bool { if case .string(text) = kind { true } else { false } }
}
