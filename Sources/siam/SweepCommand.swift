import ArgumentParser
import Commands
import Foundation
import SourceText

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Write the parallel loops of a script as a job array for a cluster.",
    discussion: """
      siam sweep tau.siam --slurm          writes tau-sweep/sweep.sbatch: one task a point, one small history each
      sbatch tau-sweep/sweep.sbatch
      siam import tau-sweep/point-*.sqlite
      """)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Flag(help: "A job array for Slurm.")
  var slurm = false

  @Option(help: ArgumentHelp("The folder to make (default: the script's name and `-sweep`).", valueName: "folder"), completion: .directory)
  var output: String?

  @Argument(help: ArgumentHelp("A .siam file.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var path: String

  func validate() throws {
    guard slurm else { throw ValidationError("`siam sweep` needs a scheduler: `--slurm`.") }
  }

  func run() throws {
    let folder = output ?? NSString(string: path).deletingPathExtension + "-sweep"
    throw try parent.invocation(options, isScript: true).writeJobArray(of: path, to: folder)
  }
}

/// `siam import a.sqlite b.sqlite`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "import", abstract: "Add the runs of other histories to this one.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("Histories.", valueName: "file"), completion: .history)
  var paths: [String]

  func run() throws {
    throw try parent.invocation(options).importHistories(paths)
  }
}
