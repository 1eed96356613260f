import ArgumentParser
import Foundation
import SourceText

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time training steps of an experiment, and say where the time goes; nothing is recorded.",
    discussion: """
      The statements set the experiment up. Their first `train` is not run but timed; without one, the last loss.
        siam bench
        siam bench -e 'use paper; data shapes; augment none; batch 64'
        siam bench FILE --format json
      """)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var path: String?

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set up by these statements. May be repeated.", valueName: "statements"))
  var statements: [String] = []

  @Option(help: ArgumentHelp("How many steps to time (default: five at least, for about three seconds).", valueName: "n"))
  var steps: Int?

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("`--steps \(steps)`: at least one step is timed.") }
  }

  func run() throws {
    // The parser gives `-e` to the command that it knows it from first.
    let statements = parent.statements + statements
    if path != nil, !statements.isEmpty { throw ValidationError("`bench` takes a file or `-e`, not both.") }
    let invocation = Invocation(options, over: parent.options)
    throw invocation.benchmark(mode: statements.isEmpty ? .script : .prompt, steps: steps) { () throws(Diagnostic) in
      if !statements.isEmpty { return SourceFile(name: "<-e>", text: statements.joined(separator: "\n")) }
      guard let path else { return nil }
      return path == "-" ? try SourceFile(descriptor: STDIN_FILENO, called: "<stdin>") : try SourceFile(contentsOf: path)
    }
  }
}
