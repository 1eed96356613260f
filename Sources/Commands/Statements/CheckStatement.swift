import SourceText
import Syntax

/// `check "file.siam"`
enum CheckStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "check", signature: "check \"FILE\"", summary: "what is wrong with a script and what it would cost, without training",
    examples: ["check \"setup.siam\""],
    arguments: [[.files(["siam"])], []])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (name, site) = try arguments.text("file")
    try arguments.end()
    let path = session.path(name, besides: statement.span.file)
    guard !session.includes.contains(session.absolutePath(path)) else { throw .wrong(Diagnostic("`\(name)` checks itself", at: site)) }
    let file: SourceFile
    do throws(Diagnostic) {
      file = try SourceFile(contentsOf: path, called: name, unless: { Session.interruption.isRequested })
    } catch {
      throw .wrong(Diagnostic(error.message, at: site, hint: error.hints.first))
    }
    var options = session.options
    options.isInteractive = false
    let inner = Session(options: options, output: session.output)
    inner.includes = session.includes
    switch inner.check(file) {
    case .completed, .quit: return
    case .interrupted: throw .interrupted
    case .failed, .usage: throw .wrong(Diagnostic("`\(name)` has a mistake", at: site))
    }
  }
}
