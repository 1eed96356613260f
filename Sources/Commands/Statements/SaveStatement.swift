import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax

/// `save "triplet.safetensors"`, `save "session.siam"`, `save minimal "session.siam"`
enum SaveStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "save", signature: "save \"FILE.safetensors\" · save [minimal] \"FILE.siam\"",
    summary:
      "write the live state (weights, optimizer state, step, values) to a file, which `load` brings back; or the session so far as a notebook, `minimal` with what the state needs alone",
    examples: ["save \"weights.safetensors\"", "save \"session.siam\"", "save minimal \"minimal.siam\""],
    arguments: [[.words(["minimal"]), .paths], [.paths]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let isMinimal = arguments.take("minimal")
    let (name, site) = try arguments.text("file")
    try arguments.end()
    if name.lowercased().hasSuffix(".siam") {
      return try session.saveNotebook(name, isMinimal: isMinimal, at: site, besides: statement.span.file)
    }
    if isMinimal { throw .wrong(Diagnostic("`minimal` is for a notebook, whose name ends in `.siam`", at: site)) }
    guard name.lowercased().hasSuffix(".safetensors") else {
      throw .wrong(
        Diagnostic(
          "a checkpoint's name ends in `.safetensors`, a notebook's in `.siam`", at: site,
          hint: "`save \"\(name).safetensors\"`, `save \"\(name).siam\"`"))
    }
    let path = try session.writablePath(name, at: site, besides: statement.span.file)
    let checkpoint = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.checkpoint(of: try session.uuidOfLiveRun(), at: statement.span)
    }
    _ = try StatementFailure.writing { () throws(Diagnostic) in try session.write(checkpoint, to: path, at: site) }
    let tensors = checkpoint.tensors
    let bytes = tensors.reduce(0) { $0 + $1.shape.count * MemoryLayout<Float>.stride }
    session.note("\(name): step \(session.experiment.position), \(tensors.count) tensors, \(bytes.formatted(.byteCount(style: .file)))")
  }
}
