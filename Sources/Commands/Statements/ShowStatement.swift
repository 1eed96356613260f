import Experiments
import SourceText
import Syntax
import Tables

/// `show`, `show Ge`
enum ShowStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "show", signature: "show [NAME …]", summary: "what a name is, or everything defined", examples: ["show", "show Za"],
    arguments: [[.names]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else { return session.output.result(session.everything) }
    while !arguments.rest.isEmpty {
      let (name, site) = try arguments.text("name")
      session.output.result(
        try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.description(of: name, at: site) })
    }
  }
}

extension Session {
  /// Settings, definitions and the loss, as statements that could be typed.
  fileprivate var everything: String {
    let definitions = experiment.definitions
    let settings = experiment.settings
    var lines = ["data: \(experiment.dataset?.summary ?? "none yet")", "profile: \(settings.profile.rawValue)"]
    let shown: Set = [
      "encoder", "encoder_width", "encoder_widths", "encoder_winograd", "epochs", "momentum", "decay", "schedule", "warmup", "views"
    ]
    lines += SettingsRecord.rows(experiment).filter { shown.contains($0.name) }.map { "\($0.name): \($0.value.text)" }
    lines.append("projector \(settings.projector.span.text.droppingKeyword)")
    lines.append("predictor \(settings.predictor.span.text.droppingKeyword)")
    lines += settings.modules.map { "module \($0.name) = \($0.layers.span.text)" }
    lines.append("batch \(settings.batch); seed \(settings.seed); lr \(NumberText.short(settings.rate)); steps done \(experiment.position)")
    lines += definitions.formulas.values.sorted { $0.name < $1.name }.map { "let \($0.name) = \($0.expression.source)" }
    lines += definitions.constants.values.sorted { $0.name < $1.name }.map { "val \($0.name) = \($0.value.text)" }
    lines += definitions.tracks.map { "track \($0.name) = \($0.expression.source) every \($0.cadence.rawValue)" }
    lines += definitions.stops.map(\.source)
    if let loss = definitions.loss { lines.append("loss \(loss.source)") }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// A layer formula whose span begins at its keyword, without it.
  fileprivate var droppingKeyword: String {
    for keyword in ["projector ", "predictor "] where hasPrefix(keyword) { return String(dropFirst(keyword.count)) }
    return self
  }
}
