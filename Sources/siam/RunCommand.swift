import ArgumentParser
import SourceText

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"))
  var path: String

  func run() throws {
    if path == "-" { throw SiamCommand.runStandardInput(options, over: parent.options) }
    throw Invocation(options, over: parent.options).run { () throws(Diagnostic) in try SourceFile.read(path) }
  }
}
