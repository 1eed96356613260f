import Experiments
import SourceText
import Syntax

/// `track angle = cos(oz, op) every epoch`
enum TrackStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "track", signature: "track NAME = EXPR [every step|epoch] [on train|test|N batches]",
    summary: "a metric of your own, recorded with the built-in ones", paper: "Fig. 4 and 6", examples: ["track angle = cos(oz, op) every epoch"],
    arguments: [[], [.words(["="])]],
    clauses: [.init("=", [.formula]), .init("every", [.words(["step", "epoch"])]), .init("on", [.words(["train", "test"])])])

  private static let taken = MetricName.allCases.map(\.rawValue) + ["loss", "top1", "verdict", "collapsed", "diverged"]

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .track(let name, let expression, let cadence, let sample) = statement.kind else { return }
    try session.checkNotReserved(name)
    guard !taken.contains(name.name) else {
      throw .wrong(Diagnostic("`\(name.name)` is a metric already", at: name.span, hint: "choose another name"))
    }
    if cadence == .step, let sample {
      throw .wrong(Diagnostic("every step has its own batch, so there is no `on` to choose", at: sample.span, hint: "`every epoch` has"))
    }
    // `Ge` may still be defined before the training; a name that means nothing is better said now.
    if session.experiment.dataset != nil, session.experiment.freeNames(of: expression).contains(where: { $0 != "Ge" }) {
      try session.checkShapes([expression], owner: "track \(name.name)")
    }
    session.experiment.definitions.tracks.removeAll { $0.name == name.name }
    session.experiment.definitions.tracks.append(.init(name: name.name, expression: expression, cadence: cadence, sample: sample))
  }
}
