import ArgumentParser
import Notebooks
import Tables

/// `siam test a.siam b.siam`
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run notebooks, and compare what they answer with their `#>` lines.",
    discussion: """
      Numbers are compared to a tolerance: a thousandth of the number, and a millionth in any case; whole numbers exactly. `--tolerance 0.01` sets the
      first for all numbers, as a line `#~ tolerance 0.01` in the notebook does; the larger counts. Times, measured rates and sizes, run numbers, hashes,
      folders and the dots of plots are not compared. The runs go to a history of their own, which is gone afterwards, unless `--db` names one.
      Exit status: 0; 1 an output differs, or an `expect` failed; 2 a statement is wrong; 130 interrupted.
      """)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  // Also what begins with `-` is its value: a negative number is told to be one.
  @Option(parsing: .unconditional, help: ArgumentHelp("How far numbers may lie apart, as a share of the number.", valueName: "share"))
  var tolerance: Double?

  @Argument(help: ArgumentHelp(".siam files.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var paths: [String]

  func validate() throws {
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
      throw ValidationError("`--tolerance` is a number from 0 on, not \(NumberText.display(tolerance)).")
    }
  }

  func run() throws {
    throw try parent.notebooks(options).test(paths, tolerance: tolerance.map { Tolerance(relative: $0) })
  }
}

/// `siam update a.siam b.siam`
struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Run notebooks, and write what they answer into their `#>` lines.",
    discussion: """
      Nothing else of a file changes. One that does not run to its end is left as it was. The runs go to a history of their own, which is gone
      afterwards, unless `--db` names one.
      """)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp(".siam files.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var paths: [String]

  func run() throws {
    throw try parent.notebooks(options).update(paths)
  }
}

extension SiamCommand {
  fileprivate func notebooks(_ inner: SharedOptions) throws(ValidationError) -> NotebookInvocation {
    if !statements.isEmpty { throw ValidationError("`-e` stands without a subcommand.") }
    return NotebookInvocation(inner.sessionOptions(over: options, isInteractive: false, isScript: true))
  }
}
