import Foundation
import SourceText
import Syntax

/// A script's parallel loops as a job array of Slurm: one task a point, one history each.
struct JobArray {
  private let script: String
  private let points: [String]
  private let folder: String
  private let program: String
  /// What stands before the script on each task's command line.
  private let options: [String]

  /// - parameters:
  ///   - script: the path of the script.
  ///   - points: what each point is: `tau = 0.1`.
  ///   - folder: where the array, the tasks' histories and what they say go; it must not be there yet.
  ///   - program: the path of this program on the machines of the cluster.
  init(script: String, points: [String], folder: String, program: String, options: [String]) {
    self.script = URL(fileURLWithPath: script).standardizedFileURL.path
    self.points = points
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    self.program = program
    self.options = options
  }

  /// Makes the folder with `sweep.sbatch` and `points.txt`.
  ///
  /// - throws: a diagnostic where the folder is there already or cannot be made; nothing is overwritten.
  func write() throws(Diagnostic) {
    // A line end in a name would begin a line of the array.
    for path in [script, folder, program] + options where path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw Diagnostic("`\(path.shortened)` has a control character in it, which no job array can hold", at: nil)
    }
    guard mkdir(folder, 0o755) == 0 else {
      let reason = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
      throw Diagnostic("the folder `\(folder)` cannot be made: \(reason)", at: nil, hint: "`--output FOLDER` names another")
    }
    do {
      let list = points.enumerated().map { "\($0)\t\($1)\n" }.joined()
      try Data(list.utf8).write(to: URL(fileURLWithPath: folder + "/points.txt"))
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/sweep.sbatch"))
    } catch {
      throw Diagnostic("`\(folder)` cannot be written: \(error.localizedDescription)", at: nil)
    }
  }

  /// The `%a` of Slurm is the task's number.
  var text: String {
    let name = URL(fileURLWithPath: script).deletingPathExtension().lastPathComponent
    let words = options.map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/bash
      #SBATCH --job-name=\(name.filter { $0.isLetter || $0.isNumber || "-_.".contains($0) })
      #SBATCH --array=0-\(points.count - 1)
      #SBATCH --cpus-per-task=2
      #SBATCH --output=\(folder.replacingOccurrences(of: "%", with: "%%"))/point-%a.log
      # The points of \(script): `points.txt` says which is which.
      #   sbatch sweep.sbatch                           all of them; memory, time and partition are your cluster's to say
      #   sbatch --array=3 sweep.sbatch                 one again
      #   siam import \(Self.quoted(folder))/point-*.sqlite      brings the runs home; no run is doubled
      set -eu
      export SIAM_THREADS=${SLURM_CPUS_PER_TASK:-2}
      siam=${SIAM:-\(Self.quoted(program))}
      exec "$siam" run\(words.isEmpty ? "" : " " + words) --point "$SLURM_ARRAY_TASK_ID" --db \(Self.quoted(folder))/point-"$SLURM_ARRAY_TASK_ID".sqlite \\
        \(Self.quoted(script))

      """
  }

  static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0123456789/._-=+,:".unicodeScalars.contains($0)) }
    return isPlain ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

extension Session {
  /// - throws: where a script of tasks names a run that it does not make itself: a task's history has no other.
  func checkIsMadeHere(_ run: Argument) throws(StatementFailure) {
    guard let checking, checking.purpose == .tasks else { return }
    let isMade: Bool
    switch run.kind {
    case .string(let name): isMade = name.contains("{") || checking.report.rows.contains { $0.name == name }
    case .word(let name): isMade = checking.report.rows.contains { $0.name == name } || experiment.definitions.names.contains(name)
    default: isMade = false
    }
    guard !isMade else { return }
    throw .wrong(
      Diagnostic(
        "a task has a history of its own, in which there is no run \(run.span.text.shortened)", at: run.span,
        hint: "`for … parallel` runs the loop here; for a cluster, write the run's statements in its place (`history \(run.span.text)` shows them)"))
  }

  /// Writes the parallel loops of a script as a job array; the script is checked, and nothing is trained.
  public func writeJobArray(of file: SourceFile, to folder: String) -> SessionEnd {
    checking = Checking(for: .tasks)
    let end = run(file, mode: .script)
    let points = checking?.points ?? []
    checking = nil
    guard end == .completed || end == .quit else { return end }
    guard !points.isEmpty else {
      output.diagnostic(
        Diagnostic("`\(file.name)` has no parallel loop", at: nil, hint: "`for tau in [0.1, 0.2] parallel 2 { … }` makes a point of every item"))
      return .usage
    }
    do throws(Diagnostic) {
      let words = options.arguments(settings: options.settings)
      try JobArray(script: file.name, points: points, folder: folder, program: SiamVersion.program, options: words).write()
    } catch {
      output.diagnostic(error)
      return .usage
    }
    output.result("\(folder)/sweep.sbatch: \(points.count.counted("point"))")
    note("  sbatch \(JobArray.quoted(folder + "/sweep.sbatch"))\n  siam import \(JobArray.quoted(folder))/point-*.sqlite")
    return .completed
  }
}
