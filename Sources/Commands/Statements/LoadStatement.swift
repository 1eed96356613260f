import Checkpoints
import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax

/// `load "triplet.safetensors"`
enum LoadStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "load", signature: "load \"FILE.safetensors\" [hash=\"SHA-256\"]",
    summary: "bring back the live state that `save` or a checkpoint kept, into the same architecture", examples: ["load \"weights.safetensors\""],
    options: [.init("hash", summary: "refuse the file unless its content is that one")], arguments: [[.files(["safetensors"])], []])

  /// It records itself, with the file's whole path and hash, so that the record means this very file.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (name, site) = try arguments.text("file")
    try arguments.end()
    let hash = try arguments.expression("hash").map { expression throws(StatementFailure) in try session.text(expression) }
    let path = session.absolutePath(session.path(name, besides: statement.span.file))
    let checkpoint = try session.loadCheckpoint(path, called: name, at: site)
    if let hash, hash != checkpoint.hash {
      throw .wrong(Diagnostic("`\(name)` is another file than the one meant: its hash is \(checkpoint.hash)", at: site))
    }
    try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.restore(checkpoint, called: name, at: site) }
    let names = session.experiment.definitions.names
    session.experiment.restoreValues(of: checkpoint) { !names.contains($0) }
    session.forgetTraining()
    let file = Value.literal(path.replacingOccurrences(of: "{", with: "{{"))
    session.transcribe("load \(file) hash=\"\(checkpoint.hash)\"")
    session.record.live = session.run(of: checkpoint)
    tell(checkpoint, name, in: session)
  }

  /// Whether the file is there is known when the script runs: it may make it itself.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    _ = try arguments.text("file")
    try arguments.end()
  }

  private static func tell(_ checkpoint: LoadedCheckpoint, _ name: String, in session: Session) {
    let run = session.record.live.map { " of run \($0.id)" + ($0.name.isEmpty ? "" : " \"\($0.name)\"") } ?? ""
    session.note("\(name): step \(checkpoint.state.step)\(run), seed \(checkpoint.state.seed)")
    let here = Dictionary(SettingsRecord.rows(session.experiment).map { ($0.name, $0.value.text) }) { $1 }
    let others = checkpoint.state.settings.filter { fact in here[fact.name].map { $0 != fact.value } ?? false }
    if !others.isEmpty {
      session.note("  it was made with " + others.map { "\($0.name) \($0.value) (here \(here[$0.name] ?? ""))" }.joined(separator: ", "))
    }
    if let hash = checkpoint.state.datasetHash, let data = checkpoint.state.dataset, let dataset = session.experiment.dataset,
      hash != "\(dataset.contentHash)"
    {
      session.note("  it was made on other images: \(data)")
    }
  }
}
