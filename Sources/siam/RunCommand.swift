import ArgumentParser
import SourceText

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"))
  var path: String

  @Option(help: ArgumentHelp("Run one point of the script's parallel loops, counted from 0, and nothing behind it.", valueName: "number"))
  var point: Int?

  func validate() throws {
    if let point, point < 0 { throw ValidationError("`--point \(point)`: points are counted from 0.") }
    if point != nil, path == "-" { throw ValidationError("`--point` needs a file.") }
  }

  func run() throws {
    let invocation = try parent.invocation(options, isScript: true)
    if path == "-" { throw StandardInputCommand.run(in: invocation) }
    if let point { throw invocation.run(point: point) { () throws(Diagnostic) in try SourceFile(contentsOf: path) } }
    throw invocation.run { () throws(Diagnostic) in try SourceFile(contentsOf: path) }
  }
}
