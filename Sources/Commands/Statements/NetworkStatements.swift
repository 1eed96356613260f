import Experiments
import Networks
import SourceText
import Syntax

/// `views 2`
enum ViewsStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "views", signature: "views N", summary: "augmented views of each image; Za is Z[1], Zb is Z[2]", examples: ["views 4"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let views = try arguments.integer("number of views", in: 2...64)
    try arguments.end()
    session.experiment.set { $0.views = views }
  }
}

/// `encoder resnet18 width=64`, `encoder convnet width=16`, `encoder mlp 512 256`
enum EncoderStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "encoder", signature: "encoder resnet18|convnet [width=N] · encoder mlp WIDTH …",
    summary: "the backbone that makes the features f", examples: ["encoder convnet width=16", "encoder mlp 512 256"],
    options: [.init("width", summary: "channels of the first layer")], arguments: [[.words(names)]])

  private static let names = ["resnet18", "convnet", "mlp"]

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let name = try arguments.word(of: names, what: "encoder")
    let width = try arguments.integer(option: "width", in: 1...4096)
    let encoder: Encoder
    switch name {
    case "resnet18": encoder = .resnet18(width: width ?? 64)
    case "convnet": encoder = .convnet(width: width ?? 16)
    default:
      var widths: [Int] = []
      while !arguments.rest.isEmpty { widths.append(try arguments.integer("width", in: 1...65_536)) }
      guard !widths.isEmpty, width == nil else {
        throw .wrong(Diagnostic("an mlp needs its widths", at: statement.span, hint: "`encoder mlp 512 256`"))
      }
      encoder = .mlp(widths)
    }
    try arguments.end()
    session.experiment.set { $0.encoder = encoder }
  }
}

/// `projector fc D + bn + relu + fc D`
enum ProjectorStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "projector", signature: "projector LAYER + LAYER + …",
    summary: "the head that makes z of the features; layers are fc, bn, relu, l2, bias, identity",
    examples: ["projector fc D + bn + relu + fc D + bn(affine=false)"], arguments: [[.words(LayerWords.all)]],
    clauses: [.init("+", [.words(LayerWords.all)])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(_, let layers) = statement.kind else { return }
    guard try session.head(layers) != nil else {
      throw .wrong(Diagnostic("a projector cannot be `none`", at: layers.span, hint: "`projector identity` passes the features on"))
    }
    session.experiment.set { $0.projector = layers }
  }
}

/// `predictor fc D/4 + bn + relu + fc D`, `predictor none`
enum PredictorStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "predictor", signature: "predictor LAYER + LAYER + … · predictor none",
    summary: "the module h, which makes p of z; also fc + fc + bias, tanh(fc), bias",
    examples: ["predictor fc D/4 + bn + relu + fc D", "predictor l2 + bias"], arguments: [[.words(LayerWords.all + ["none"])]],
    clauses: [.init("+", [.words(LayerWords.all)])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(_, let layers) = statement.kind else { return }
    _ = try session.head(layers)
    session.experiment.set { $0.predictor = layers }
    if layers.layers.contains(where: { $0.name.name == "tanh" }) {
      session.note("tanh(fc): after every step weight ← tanh(weight), as in Table 5; it is no activation")
    }
  }
}

/// `module hinv = fc D/4 + bn + relu + fc D`
enum ModuleStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "module", signature: "module NAME = LAYER + LAYER + …", summary: "a further trainable module, callable in formulas",
    examples: ["module hinv = fc D/4 + bn + relu + fc D"], clauses: [.init("=", [.words(LayerWords.all)]), .init("+", [.words(LayerWords.all)])])

  private static let reserved = [Model.encoderName, Model.projectorName, Model.predictorName, Model.probeName]

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(let name, let layers) = statement.kind else { return }
    guard BuiltInName(name.name) == nil, FormulaFunction.named(name.name) == nil, !reserved.contains(name.name) else {
      throw .wrong(Diagnostic("`\(name.name)` has a meaning already", at: name.span, hint: "choose another name"))
    }
    guard try session.head(layers) != nil else { throw .wrong(Diagnostic("a module needs layers", at: layers.span)) }
    session.experiment.set { settings in
      settings.modules.removeAll { $0.name == name.name }
      settings.modules.append((name.name, layers))
    }
    session.experiment.definitions.remove(name.name)
  }
}

/// The words of layer formulas, for completion.
enum LayerWords {
  static let all = ["fc", "bn", "relu", "l2", "bias", "identity", "tanh(fc)"]
}

extension Session {
  /// Layers with their widths computed; wrong ones are said at once.
  func head(_ layers: LayerFormula) throws(StatementFailure) -> Head? {
    try StatementFailure.wrap { () throws(Diagnostic) in try experiment.head(layers) }
  }
}
