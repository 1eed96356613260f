import ArgumentParser
import Commands
import Tables

/// The options that stand before or after a subcommand.
struct SharedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The history to write and read (default: $SIAM_DB, else Siam's data folder).", valueName: "path"), completion: .history)
  var db: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Take the script's first `val NAME` to be this. May be repeated.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: "How tables and values are written: table, csv, json, markdown or latex.")
  var format: TableFormat?

  @Option(help: ArgumentHelp("What `use quick` means: paper, say.", valueName: "name"))
  var profile: String?

  @Flag(
    name: .customLong("allow-write"),
    help: "Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.")
  var mayWriteAnywhere = false

  /// What `--allow-write=FOLDER` has become by then.
  @Option(name: .customLong("allow-write-in"), help: ArgumentHelp(visibility: .hidden))
  var writableFolders: [String] = []

  @Flag(name: .customLong("allow-run"), help: "Let a script start gnuplot, for plots in files.")
  var mayRunPrograms = false

  @Flag(name: .shortAndLong, help: "No echoes, no progress.")
  var quiet = false

  func validate() throws {
    for setting in settings where !setting.contains("=") || setting.hasPrefix("=") {
      throw ValidationError("`--set \(setting)`: write a name and a value, as in `--set tau=0.2`.")
    }
  }

  /// These options on top of those before the subcommand: the later one counts.
  func sessionOptions(over outer: SharedOptions? = nil, isInteractive: Bool, isScript: Bool = false) -> SessionOptions {
    var values: [String: String] = [:]
    for setting in (outer?.settings ?? []) + settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = String(parts[1])
    }
    return SessionOptions(
      databasePath: db ?? outer?.db, settings: values, format: format ?? outer?.format ?? .table,
      isQuiet: quiet || outer?.quiet == true,
      profileOverride: profile ?? outer?.profile, isInteractive: isInteractive, permissions: isScript ? permissions(over: outer) : .everything,
      machineFile: MachineFile(path: MachineFile.standardPath()))
  }
}

extension SharedOptions {
  private func permissions(over outer: SharedOptions?) -> Permissions {
    // What stands behind the subcommand may have been read for both.
    let paths = ((outer?.writablePaths ?? []) + writablePaths).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Permissions(writablePaths: paths, mayRunPrograms: mayRunPrograms || outer?.mayRunPrograms == true)
  }

  private var writablePaths: [String] { (mayWriteAnywhere ? ["/"] : []) + writableFolders }
}

extension CompletionKind {
  /// Files that may hold a history, by the endings that such files have.
  static var history: CompletionKind { .file(extensions: ["sqlite", "sqlite3", "db"]) }
}

extension TableFormat: ExpressibleByArgument {}
