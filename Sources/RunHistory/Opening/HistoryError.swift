import SourceText

/// Why the history could not be opened, read or written. Nothing is overwritten in any of these cases.
public enum HistoryError: Error, Hashable, Sendable {
  /// No `--db`, and no variable names a folder to keep the history in.
  case noHome
  case isFolder(String)
  case folderNotMade(String, reason: String)
  case notSQLite(String)
  /// An SQLite file that some other program made.
  case notAHistory(String)
  /// Written by a newer Siam: schema version `found`, while this one knows `known`.
  case newer(String, found: Int, known: Int)
  case readOnly(String)
  /// Another process held the file for longer than the timeout.
  case locked(String)
  case diskFull(String)
  /// Deleted, or replaced by another file, while it was open.
  case gone(String)
  case damaged(String, reason: String)
  /// Whatever else SQLite answers, in its own words.
  case failed(String, reason: String)
  case noSuchRun(Int64)
  /// Only what is forgotten can be purged.
  case notForgotten(Int64)
  /// There is no file to import from.
  case missing(String)
  /// The history was to be imported into itself.
  case itself(String)
  /// A copy was to be written over a file.
  case exists(String)

  /// One sentence, no full stop, the user's words in backticks.
  public var message: String {
    switch self {
    case .noHome: "there is no place for the history: none of SIAM_DB, SIAM_HOME, XDG_DATA_HOME and HOME is set"
    case .isFolder(let path): "the history `\(path)` is a folder, not a file"
    case .folderNotMade(let path, let reason): "the folder `\(path)` for the history cannot be made: \(reason)"
    case .notSQLite(let path): "`\(path)` is no SQLite file, so it cannot hold the history; it was left as it is"
    case .notAHistory(let path): "`\(path)` is an SQLite file of another program, not a history of Siam; it was left as it is"
    case .newer(let path, let found, let known):
      "the history `\(path)` was written by a newer Siam (schema \(found), this one knows \(known)); it was left as it is"
    case .readOnly(let path): "the history `\(path)` cannot be written: the file or its folder is read-only"
    case .locked(let path): "the history `\(path)` is locked by another program"
    case .diskFull(let path): "the disk that holds the history `\(path)` is full"
    case .gone(let path): "the history `\(path)` was deleted or replaced by another file while it was in use"
    case .damaged(let path, let reason): "the history `\(path)` is damaged: \(reason)"
    case .failed(let path, let reason): "the history `\(path)` cannot be used: \(reason)"
    case .noSuchRun(let run): "there is no run \(run)"
    case .notForgotten(let run): "run \(run) is not forgotten, and only what is forgotten can be purged"
    case .missing(let path): "there is no file `\(path)`"
    case .itself(let path): "`\(path)` is the history that is open"
    case .exists(let path): "`\(path)` is there already; it was left as it is"
    }
  }

  /// What to do about it.
  public var hint: String {
    switch self {
    case .noSuchRun: "`history` lists the newest runs"
    case .notForgotten(let run): "`forget \(run)` first, then `purge \(run)`"
    case .missing: "see that its name is right"
    case .itself: "name another history"
    case .exists: "name a new file"
    case .newer: "use that Siam, another file with `--db PATH`, or `--db :memory:` to keep nothing"
    default: "`--db PATH` names another file, `--db :memory:` keeps the history in memory only"
    }
  }

  public func diagnostic(at site: SourceSpan? = nil) -> Diagnostic {
    Diagnostic(message, at: site, hint: hint)
  }
}
