import Foundation
import GRDB

/// The copy that is kept of a history before a newer Siam migrates it: `history.version-1.sqlite` beside `history.sqlite`.
struct VersionCopy {
  /// Where the copy is, when there is one.
  let path: String

  /// Copies what was committed last. The caller holds the write lock, and has changed nothing yet: the copy is read through a connection of its own.
  ///
  /// - throws: where the copy cannot be written whole; then nothing is left of it.
  init(of original: String, version: Int) throws {
    // Beside the file itself, not beside a link to it.
    let file = URL(fileURLWithPath: original).resolvingSymlinksInPath()
    path = Self.freePath(beside: file, version: version)
    let temporary = "\(path).\(getpid()).tmp"
    defer { DatabaseFile.remove(temporary) }
    var configuration = Configuration()
    configuration.readonly = true
    let source = try DatabaseQueue(path: file.path, configuration: configuration)
    try source.copy(to: temporary).close()
    try source.close()
    try DatabaseFile.rename(temporary, to: path)
  }

  /// What was there before, whatever it is, stays.
  private static func freePath(beside file: URL, version: Int) -> String {
    let base = file.deletingPathExtension().path
    let suffix = file.pathExtension.isEmpty ? "" : ".\(file.pathExtension)"
    var path = "\(base).version-\(version)\(suffix)"
    var number = 2
    while FileManager.default.fileExists(atPath: path) {
      path = "\(base).version-\(version)-\(number)\(suffix)"
      number += 1
    }
    return path
  }
}
