import ArgumentParser
import SourceText

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"))
  var path: String

  func run() throws {
    let invocation = try parent.invocation(options, isScript: true)
    if path == "-" { throw StandardInputCommand.run(in: invocation) }
    throw invocation.run { () throws(Diagnostic) in try SourceFile(contentsOf: path) }
  }
}
