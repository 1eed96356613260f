import Foundation

/// Where a history lives: a file, or memory alone.
public enum HistoryLocation: Hashable, Sendable, CustomStringConvertible {
  case memory
  case file(String)

  /// Reads a path as a user gives it: `:memory:` is memory, and a leading `~/` is the home folder.
  public init(_ path: String, home: String? = nil) {
    if path == ":memory:" {
      self = .memory
    } else if path.hasPrefix("~/"), let home {
      self = .file(home + path.dropFirst())
    } else {
      self = .file(path)
    }
  }

  /// The first that is there: the `--db` option, `$SIAM_DB`, `$SIAM_HOME/history.sqlite`, `$XDG_DATA_HOME/siam/history.sqlite`,
  /// `~/.local/share/siam/history.sqlite`. An empty variable counts as none, as the XDG rules ask.
  ///
  /// - throws: `HistoryError.noHome` where no variable names a folder.
  public static func resolve(
    option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(HistoryError) -> HistoryLocation {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let home = variable("HOME")
    if let path = option ?? variable("SIAM_DB") { return HistoryLocation(path, home: home) }
    if let folder = variable("SIAM_HOME") { return .file(folder + "/history.sqlite") }
    if let folder = variable("XDG_DATA_HOME") { return .file(folder + "/siam/history.sqlite") }
    guard let home else { throw .noHome }
    return .file(home + "/.local/share/siam/history.sqlite")
  }

  /// The file itself, where the path is a link to it; nil in memory.
  public var file: String? {
    guard case .file(let path) = self else { return nil }
    return Self.linkTarget(of: path) ?? path
  }

  /// Where a link leads in the end, whether or not something is there; nil for what is no link, or leads back to itself.
  static func linkTarget(of path: String) -> String? {
    var target = path
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else { return target == path ? nil : target }
      target = URL(fileURLWithPath: next, relativeTo: URL(fileURLWithPath: target).deletingLastPathComponent()).path
    }
    return nil
  }

  /// The path, or `:memory:`.
  public var description: String {
    switch self {
    case .memory: ":memory:"
    case .file(let path): path
    }
  }
}
