import Experiments
import SourceText
import Syntax

/// `use quick`, `use paper epochs=200`
enum UseStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "use", signature: "use PROFILE [epochs=N] [dim=D]", summary: "take a profile's settings: quick, paper",
    paper: "A.1", examples: ["use quick", "use quick dim=32 epochs=1"],
    options: [
      .init("epochs", default: "quick 10, paper 1000", summary: "epochs of a bare `train`"),
      .init("dim", default: "quick 256, paper 2048", summary: "D, the length of a projection")
    ],
    arguments: [[.words(Profile.allCases.map(\.rawValue))]])

  /// It records itself: `--profile` may have made another of it.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let names = Profile.allCases.map(\.rawValue)
    let name = try arguments.word(of: names, what: "profile")
    try arguments.end()
    let epochs = try arguments.number(option: "epochs", in: 0...1e9)
    let dim = try arguments.integer(option: "dim", in: 1...65_536)
    // `--profile paper` is what `use quick` then means, so that one file runs both settings.
    guard let profile = Profile(rawValue: name == "quick" ? session.profileOverride ?? name : name) else { return }
    var transcript = statement
    if profile.rawValue != name, case .command(let words) = statement.kind {
      let own = words.map { word in
        guard case .word = word.kind else { return word }
        session.replacedText.replace(word.span, by: profile.rawValue)
        return Argument(.word(profile.rawValue), span: word.span)
      }
      transcript = Statement(.command(own), keyword: statement.keyword, span: statement.span)
    }
    session.changingNetworks {
      session.experiment.set { settings in
        settings.use(profile)
        settings.epochs = epochs ?? settings.epochs
        settings.dim = dim ?? settings.dim
      }
    }
    session.transcribe(transcript.source)
    session.note("\(profile.rawValue): \(profile.summary(dim: dim, epochs: epochs))")
  }
}
