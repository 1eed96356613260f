import ArgumentParser

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what is wrong with scripts, and what they would cost here, without training.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp(".siam files.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var paths: [String]

  func run() throws {
    throw try parent.invocation(options).check(paths)
  }
}
