import Foundation
import GRDB

/// Opens the file of a history, and refuses what is none before a byte of it changes.
struct HistoryFile {
  private let location: HistoryLocation
  private let lockTimeout: Double

  init(_ location: HistoryLocation, lockTimeout: Double) {
    self.location = location
    self.lockTimeout = lockTimeout
  }

  /// A connection to a history of the newest schema.
  func open() throws -> DatabaseQueue {
    let queue = try connect()
    if try queue.inDatabase(needsMigration) {
      try queue.inDatabase(useWriteAheadLog)
      try Schema.migrate(queue)
    }
    return queue
  }

  private func connect() throws -> DatabaseQueue {
    guard case .file(let path) = location else { return try DatabaseQueue(configuration: configuration) }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw HistoryError.isFolder(path) }
    } else {
      try makeFolder(of: path)
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private func makeFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw HistoryError.folderNotMade(folder.path, reason: error.reason)
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "siam.history"
    configuration.busyMode = .timeout(lockTimeout)
    // A killed process loses nothing that was committed under NORMAL (the system still has it); a power cut may lose the last
    // transactions, never the file. FULL would cost a disk flush twice a second.
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      db.add(function: CanonicalTree.containsFunction)
    }
    return configuration
  }

  /// Whether the file is new or of an older version.
  ///
  /// - throws: `HistoryError` for a file that is not ours, is newer than this program, or cannot be written.
  private func needsMigration(_ db: Database) throws -> Bool {
    let path = location.description
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if application != Schema.applicationID {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard application == 0, tables == 0 else { throw HistoryError.notAHistory(path) }
    }
    guard version <= Schema.version else { throw HistoryError.newer(path, found: version, known: Schema.version) }
    if db.isFileReadOnly { throw HistoryError.readOnly(path) }
    return version < Schema.version
  }

  /// Readers and one writer then work side by side. SQLite does not wait for a lock in this one statement, so this waits.
  private func useWriteAheadLog(_ db: Database) throws {
    guard location != .memory else { return }
    let deadline = Date().addingTimeInterval(lockTimeout)
    while true {
      do {
        return try db.execute(sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && Date() < deadline {
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }
}

extension Error {
  /// The system's own words (`Permission denied`), without Foundation's wrapping.
  fileprivate var reason: String {
    let error = self as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    return cause.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
  }
}
