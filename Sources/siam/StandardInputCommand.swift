import ArgumentParser
import Foundation
import SourceText

/// `siam -`, and `siam` with no terminal to type at.
struct StandardInputCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "-", abstract: "Run the statements that standard input holds.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  func run() throws {
    throw Self.run(in: try parent.invocation(options, isScript: true))
  }

  /// Reads all of it before anything runs.
  static func run(in invocation: Invocation) -> ExitCode {
    invocation.run { () throws(Diagnostic) in try SourceFile(descriptor: STDIN_FILENO, called: "<stdin>") }
  }
}
