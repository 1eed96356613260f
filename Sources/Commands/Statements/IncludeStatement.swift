import Foundation
import SourceText
import Syntax

/// `include "settings.siam"`
enum IncludeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "include", signature: "include \"FILE\"", summary: "run another script here; its path is relative to this one",
    examples: ["include \"setup.siam\""], arguments: [[.files(["siam"])], []])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .include(let name) = statement.kind else { return }
    let path = session.path(name.name, besides: statement.span.file)
    let canonical = session.absolutePath(path)
    guard !session.includes.contains(canonical) else {
      throw .wrong(Diagnostic("`\(name.name)` includes itself", at: name.span))
    }
    let statements: [Statement]
    do throws(Diagnostic) {
      let file = try SourceFile(contentsOf: path, called: path, unless: { Session.interruption.isRequested })
      statements = try Parser.statements(of: file, mode: .script)
      if session.keepsTraces { session.note(included: file, by: statement) }
    } catch {
      // What cannot be opened is said at the name; what is wrong inside, in that file.
      throw .wrong(error.site == nil ? Diagnostic(error.message, at: name.span, hint: error.hints.first) : error)
    }
    session.includes.append(canonical)
    defer { session.includes.removeLast() }
    try session.execute(statements)
  }
}

extension Session {
  /// Keeps the file for whoever saves the session: also as one of those that an outer file leads to.
  fileprivate func note(included file: SourceFile, by statement: Statement) {
    for (span, files) in includedFiles where files.contains(where: { $0 === statement.span.file }) { includedFiles[span] = files + [file] }
    includedFiles[statement.span] = [file]
  }
}
