import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax

/// `save "triplet.safetensors"`
enum SaveStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "save", signature: "save \"FILE.safetensors\"",
    summary: "write the live state (weights, optimizer state, step, values) to a file; `load` brings it back",
    examples: ["save \"weights.safetensors\""], arguments: [[.paths], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (name, site) = try arguments.text("file")
    try arguments.end()
    guard name.lowercased().hasSuffix(".safetensors") else {
      throw .wrong(Diagnostic("a checkpoint's name ends in `.safetensors`", at: site, hint: "`save \"\(name).safetensors\"`"))
    }
    let path = try session.writablePath(name, at: site, besides: statement.span.file)
    let tensors = try StatementFailure.wrap { () throws(Diagnostic) in
      let checkpoint = try session.checkpoint(of: try session.uuidOfLiveRun(), at: statement.span)
      try session.write(checkpoint, to: path, at: site)
      return checkpoint.tensors
    }
    let bytes = tensors.reduce(0) { $0 + $1.shape.count * MemoryLayout<Float>.stride }
    session.note("\(name): step \(session.experiment.position), \(tensors.count) tensors, \(bytes.formatted(.byteCount(style: .file)))")
  }
}
