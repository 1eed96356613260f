import Experiments
import Networks
import SourceText
import Syntax

/// `encoder resnet18 width=64 winograd=false`, `encoder convnet width=16`, `encoder mlp 512 256`
enum EncoderStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "encoder", signature: "encoder resnet18|convnet [width=N] [winograd=false] · encoder mlp WIDTH …",
    summary: "the backbone that makes the features f",
    paper: "A.1", examples: ["encoder resnet18 winograd=false", "encoder mlp 512 256", "encoder convnet width=4"],
    options: [
      .init("width", default: "resnet18 64, convnet 16", summary: "channels of the first layer"),
      .init(
        "winograd", values: ["true", "false"], default: "true",
        summary: "true: 3×3 convolutions by Winograd's algorithm where it suits; false: all by direct sums")
    ], arguments: [[.words(names)]])

  private static let names = ["resnet18", "convnet", "mlp"]

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let name = try arguments.word(of: names, what: "encoder")
    let width = try arguments.integer(option: "width", in: 1...4096)
    let winograd = try arguments.flag(option: "winograd")
    let encoder: Encoder
    switch name {
    case "resnet18": encoder = .resnet18(width: width ?? 64, winograd: winograd ?? true)
    case "convnet": encoder = .convnet(width: width ?? 16, winograd: winograd ?? true)
    default:
      var widths: [Int] = []
      while !arguments.rest.isEmpty { widths.append(try arguments.integer("width", in: 1...65_536)) }
      guard !widths.isEmpty, width == nil else {
        throw .wrong(Diagnostic("an mlp needs its widths", at: statement.span, hint: "`encoder mlp 512 256`"))
      }
      guard winograd == nil else {
        let site = arguments.expression("winograd")?.span ?? statement.span
        throw .wrong(Diagnostic("an mlp has no convolutions: `winograd` is for resnet18 and convnet", at: site))
      }
      encoder = .mlp(widths)
    }
    try arguments.end()
    session.changingNetworks { session.experiment.set { $0.encoder = encoder } }
  }
}
