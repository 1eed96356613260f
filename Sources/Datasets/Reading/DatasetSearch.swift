import Foundation

/// Where data sets are looked for when a statement names no folder.
///
/// In order: `$SIAM_DATA`; the folder `data` of `$SIAM_HOME`, else of `$XDG_DATA_HOME/siam`, else of `~/.local/share/siam`; and
/// `/usr/share/datasets`, where Debian's packages put theirs. Each is tried itself and for sub-folders with the usual names.
public struct DatasetSearch: Hashable, Sendable {
  /// Folders that hold data sets, in the order in which they are tried.
  public var roots: [String]
  /// What `~` stands for in a folder that the user names.
  public var home: String

  public init(roots: [String], home: String = NSHomeDirectory()) {
    self.roots = roots
    self.home = home
  }

  /// By the rules above, for the variables of an environment.
  public init(environment: [String: String], home: String? = nil, system: String = "/usr/share/datasets") {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    // `$HOME` as the history takes it: the user database may name another folder.
    let home = home ?? variable("HOME") ?? NSHomeDirectory()
    let siamHome = variable("SIAM_HOME") ?? variable("XDG_DATA_HOME").map { $0 + "/siam" } ?? home + "/.local/share/siam"
    self.init(roots: [variable("SIAM_DATA"), siamHome + "/data", system].compactMap { $0 }, home: home)
  }

  /// For this process.
  public static var standard: DatasetSearch { DatasetSearch(environment: ProcessInfo.processInfo.environment) }

  /// The folder that holds what `request` asks for.
  func folder(of request: DatasetRequest) throws(DatasetError) -> String {
    guard let named = request.directory else {
      let folders = roots.flatMap { candidates(under: $0, request.kind, itself: request.kind.isToldByItsFiles) }
      guard let found = folders.first(where: { holds($0, request.kind) }) else {
        throw .missing(request.kind, searched: roots)
      }
      return found
    }
    return try folder(named: named, request.kind)
  }

  private func folder(named name: String, _ kind: DatasetKind) throws(DatasetError) -> String {
    let directory = expanded(name)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory) else {
      throw .missing(kind, searched: [name])
    }
    guard isDirectory.boolValue else { throw .notADirectory(path: name) }
    // Any folder may be one of classes: its reader says what it lacks.
    if kind == .folder { return directory }
    let folders = candidates(under: directory, kind, itself: true)
    if let found = folders.first(where: { holds($0, kind) }) { return found }
    if let marker = kind.pythonMarker, let found = folders.first(where: { hasFile($0 + "/" + marker) }) {
      throw .wrongFormat(
        path: found, reason: "holds the Python version of \(kind.rawValue)", hint: "Siam reads the binary version: \(kind.source)"
      )
    }
    throw .missing(kind, searched: [name])
  }

  private func candidates(under root: String, _ kind: DatasetKind, itself: Bool) -> [String] {
    let isCalledSo = kind.folderNames.contains { root.hasSuffix("/" + $0) }
    return (itself || isCalledSo ? [root] : []) + kind.folderNames.map { root + "/" + $0 }
  }

  private func holds(_ folder: String, _ kind: DatasetKind) -> Bool {
    kind.markers.contains { hasFile(folder + "/" + $0) }
  }

  private func hasFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func expanded(_ path: String) -> String {
    path == "~" ? home : path.hasPrefix("~/") ? home + path.dropFirst(1) : path
  }
}
