import ArgumentParser
import SourceText

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"))
  var path: String

  func run() throws {
    if path == "-" { throw StandardInputCommand.run(in: try parent.invocation(options)) }
    throw try parent.invocation(options).run { () throws(Diagnostic) in try SourceFile(contentsOf: path) }
  }
}
