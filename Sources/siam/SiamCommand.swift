import ArgumentParser
import Commands
import Foundation
import SourceText
import Terminal

/// `siam`: the prompt, `-e`, and standard input; everything else is a subcommand.
struct SiamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "siam",
    abstract: "Experiments on Siamese self-supervised learning: type the loss as the paper prints it.",
    usage: """
      siam                      the prompt
      siam run FILE             a script
      siam -e 'STATEMENTS'      statements, as at the prompt; may be repeated
      siam -                    statements from standard input
      siam check FILE…          names and shapes, without training
      siam history […]          the record of past runs
      siam sql 'SELECT …'
      """,
    discussion: """
      Exit status: 0; 1 an `expect`, a test or a run failed; 2 a statement or the usage is wrong; 130 interrupted.
      Results go to standard output, echoes of scripts, progress and diagnostics to standard error.
      """,
    version: "Siam \(SiamVersion.text)",
    subcommands: [RunCommand.self, CheckCommand.self, HistoryCommand.self, SQLCommand.self])

  @OptionGroup var options: SharedOptions

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run these statements. May be repeated.", valueName: "statements"))
  var statements: [String] = []

  @Argument(help: ArgumentHelp("`-`: run the statements that standard input holds.", valueName: "-"))
  var source: String?

  func validate() throws {
    guard let source, source != "-" else { return }
    if FileManager.default.fileExists(atPath: source) {
      throw ValidationError("To run a script, say so: `siam run \(source)`.")
    }
    throw ValidationError("There is no subcommand `\(source)`. There are: run, check, history, sql, help.")
  }

  func run() throws {
    if !statements.isEmpty {
      throw Invocation(options).run(mode: .prompt) { SourceFile(name: "<-e>", text: statements.joined(separator: "\n")) }
    }
    if source == nil, isatty(STDIN_FILENO) == 1 { throw ExitCode(prompt()) }
    throw Self.runStandardInput(options)
  }

  /// Reads all of standard input and then runs it. (Ctrl-C still ends the program while it waits for what is typed.)
  static func runStandardInput(_ options: SharedOptions, over outer: SharedOptions? = nil) -> ExitCode {
    let data = FileHandle.standardInput.readDataToEndOfFile()
    return Invocation(options, over: outer).run { () throws(Diagnostic) in try SourceFile.decode(data, name: "<stdin>") }
  }

  private func prompt() -> Int32 {
    let settings = options.sessionOptions(isInteractive: true)
    TextLocale.setUp()
    ProcessSignals.install(for: .prompt)
    let output = TerminalOutput(isQuiet: settings.isQuiet, isInteractive: true)
    return Repl(session: Session(options: settings, output: output), output: output).run()
  }
}
