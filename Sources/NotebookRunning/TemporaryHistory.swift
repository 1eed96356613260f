import Foundation

/// A history that goes away with its user: a test neither asks what somebody has recorded nor adds to it.
public final class TemporaryHistory {
  private let folder: URL

  public init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-notebook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  public var path: String { folder.appendingPathComponent("history.sqlite").path }
}
