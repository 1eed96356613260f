import Experiments
import SourceText
import Syntax
import Tables

/// `show`, `show Ge`, `show views to "views.png"`
enum ShowStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "show", signature: "show [NAME …] · show views [images=N] [to \"FILE.png\"]",
    summary: "what a name is, or everything defined; the images of the next batch and their views, here and as a PNG",
    examples: ["show", "show Za", "show views"],
    options: [.init("images", default: "4", summary: "of `show views`: how many images")], arguments: [[.words(["views"]), .names]],
    clauses: [.init("to", [.files(["png"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    if arguments.take("views") { return try session.showViews(&arguments) }
    if let option = arguments.expression("images") {
      throw .wrong(Diagnostic("`images` is of `show views`", at: option.span, hint: "`show views images=4`"))
    }
    guard !arguments.rest.isEmpty else { return session.output.result(session.everything) }
    while !arguments.rest.isEmpty {
      let (name, site) = try arguments.text("name")
      session.output.result(
        try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.description(of: name, at: site) })
    }
  }
}

extension ShowStatement {
  /// Of what is shown only the views can be wrong beforehand.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    if arguments.take("views") { try session.showViews(&arguments) }
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
