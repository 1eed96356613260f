import ArgumentParser
import SourceText

struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Ask the history in SQL; it is opened to be read only.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A SELECT, in quotes.", valueName: "query"))
  var query: String

  func run() throws {
    // The statement ends with its line, and in SQL a newline is a blank.
    let line = query.split(whereSeparator: \.isNewline).joined(separator: " ")
    throw try parent.invocation(options).run { SourceFile(name: "<sql>", text: "sql " + line) }
  }
}
