import ArgumentParser
import SourceText

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "The record of past runs.",
    discussion: """
      The words are those of the `history` statement:
        siam history where top1 '>' 30 and not collapsed sort top1 desc
        siam history 42
      """)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("What follows `history`; the newest 20 without it.", valueName: "words"))
  var words: [String] = []

  func run() throws {
    let text = (["history"] + words).joined(separator: " ")
    throw try parent.invocation(options).run { SourceFile(name: "<history>", text: text) }
  }
}
