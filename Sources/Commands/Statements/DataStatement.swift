import Datasets
import Experiments
import SourceText
import Syntax

/// `data cifar10 "DIR"`, `data cifar10 or fashion or shapes`
enum DataStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "data", signature: "data KIND [\"DIR\"] [or KIND …] [train=N] [test=N] [classes=N] [size=N]",
    summary: "choose the data set; of several the first that is there",
    paper: "A.1", examples: ["data cifar10 or fashion or shapes", "data shapes train=512 test=128"],
    options: [
      .init("train", default: "all", summary: "training images to keep"), .init("test", default: "all", summary: "test images to keep"),
      .init("classes", default: "all", summary: "classes to keep"),
      .init("size", default: "as the files are", summary: "of `data folder`: pixels on a side that the middle of every image is brought to")
    ],
    arguments: [[.words(kinds)], [.paths, .words(["or"])]], clauses: [.init("or", [.words(kinds)])])

  private static let kinds = DatasetKind.allCases.map(\.rawValue)

  /// It records itself: a folder by its whole path, so that the record holds wherever it is read.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let everything = 1...Int(Int32.max)
    let train = try arguments.integer(option: "train", in: everything)
    let test = try arguments.integer(option: "test", in: everything)
    let classes = try arguments.integer(option: "classes", in: everything)
    let size = try arguments.integer(option: "size", in: DatasetRequest.sizes)
    var requests: [DatasetRequest] = []
    repeat {
      guard let kind = DatasetKind(rawValue: try arguments.word(of: kinds, what: "data set")) else { continue }
      var request = DatasetRequest(kind: kind, train: train, test: test, classes: classes)
      if kind == .folder { request.size = size }
      if case .string? = arguments.rest.first?.kind { request.directory = try arguments.text("folder").0 }
      requests.append(request)
    } while arguments.take("or")
    try arguments.end()
    if let option = arguments.expression("size"), !requests.contains(where: { $0.kind == .folder }) {
      throw .wrong(Diagnostic("`size` is of `data folder`: other sets have images of one size", at: option.span))
    }
    do throws(DatasetError) {
      let dataset = try DatasetRequest.loadFirst(of: requests, reading: session.isChecking ? .outline : .everything)
      guard let request = requests.first(where: { $0.kind.rawValue == dataset.name }) ?? requests.last else { return }
      session.changingNetworks { session.experiment.choose(dataset, request) }
      session.transcribe(transcript(of: statement, in: session))
      session.note(dataset.summary)
    } catch {
      throw .wrong(Diagnostic(error.message, at: statement.span, hint: error.hint))
    }
  }

  private static func transcript(of statement: Statement, in session: Session) -> String {
    guard case .command(let arguments) = statement.kind else { return statement.source }
    let whole = arguments.map { argument in
      guard case .string(let text) = argument.kind, !text.hasPrefix("~"), !text.contains("{") else { return argument }
      return Argument(.string(session.absolutePath(text)), span: argument.span)
    }
    return Statement(.command(whole), keyword: statement.keyword, span: statement.span).source
  }
}
