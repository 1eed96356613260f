import ArgumentParser
import Commands
import Foundation
import SourceText
import Terminal

/// `siam` alone is the prompt, and `siam -e` runs what it is given; everything else is a subcommand.
struct SiamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "siam",
    abstract: "Experiments on Siamese self-supervised learning: type the loss as the paper prints it.",
    usage: "siam [-e <statements>] [<subcommand>] [<options>]",
    discussion: """
      siam                      the prompt
      siam run FILE             a script
      siam -e 'STATEMENTS'      statements, as at the prompt
      siam -                    statements from standard input

      Results go to standard output, echoes of scripts, progress and diagnostics to standard error.
      Exit status: 0; 1 an `expect`, a test or a run failed, a file could not be written, or the record is elsewhere;
      2 a statement or the usage is wrong; 130 interrupted.
      """,
    version: "Siam \(SiamVersion.text)",
    subcommands: [
      RunCommand.self, StandardInputCommand.self, TestCommand.self, UpdateCommand.self, CheckCommand.self, BenchCommand.self, HistoryCommand.self,
      SQLCommand.self, ImportCommand.self, SweepCommand.self, JupyterCommand.self, PointCommand.self, EditorCommand.self
    ])

  @OptionGroup var options: SharedOptions

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run these statements. May be repeated.", valueName: "statements"))
  var statements: [String] = []

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("Answer another program on standard input and output; `json` is the one there is.", valueName: "name"))
  var protocolName: ProtocolName?

  @Flag(name: .customLong("no-startup"), help: "Begin the prompt without the statements of startup.siam.")
  var skipsStartup = false

  @Flag(name: .customLong("no-pager"), help: "Show answers longer than the screen as they are.")
  var skipsPager = false

  func run() throws {
    if let protocolName { throw try serve(protocolName) }
    if !statements.isEmpty {
      throw Invocation(options).run(mode: .prompt) { SourceFile(name: "<-e>", text: statements.joined(separator: "\n")) }
    }
    guard isatty(STDIN_FILENO) == 1 else { throw StandardInputCommand.run(in: Invocation(options, isScript: true)) }
    throw ExitCode(prompt())
  }

  /// What a subcommand runs in.
  func invocation(_ inner: SharedOptions, isScript: Bool = false) throws(ValidationError) -> Invocation {
    if !statements.isEmpty { throw ValidationError("`-e` stands without a subcommand.") }
    if protocolName != nil { throw ValidationError("`--protocol` stands without a subcommand.") }
    return Invocation(inner, over: options, isScript: isScript)
  }

  private func prompt() -> Int32 {
    let settings = options.sessionOptions(isInteractive: true)
    TextLocale.setUp()
    ProcessSignals.install(for: .prompt)
    let output = TerminalOutput(isQuiet: settings.isQuiet, isInteractive: true, pager: skipsPager ? nil : Pager())
    return Repl(session: Session(options: settings, output: output), output: output, readsStartup: !skipsStartup).run()
  }
}
