import Foundation

/// Which file a path leads to. SQLite goes on writing to one that was deleted or replaced, where nobody would find it again.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// nil where nothing is, and for a history in memory.
  init?(of location: HistoryLocation) {
    var status = stat()
    guard case .file(let path) = location, stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}
