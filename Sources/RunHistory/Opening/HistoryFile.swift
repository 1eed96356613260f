import Foundation
import GRDB
import Synchronization

/// Opens the file of a history, and refuses what is none before a byte of it changes.
struct HistoryFile {
  private let location: HistoryLocation
  private let lockTimeout: Double

  init(_ location: HistoryLocation, lockTimeout: Double) {
    self.location = location
    self.lockTimeout = lockTimeout
  }

  /// A connection to a history of the newest schema, and where the copy is that was kept of one of an older schema.
  func open() throws -> (DatabaseQueue, copy: String?) {
    let queue = try connect()
    let copy = Mutex<VersionCopy?>(nil)
    if try queue.read(needsMigration) {
      try queue.inDatabase(useWriteAheadLog)
      do {
        try Schema.migrate(queue) { [location] version in
          // Of several versions the oldest, as it was found.
          guard case .file(let path) = location, copy.withLock({ $0 == nil }) else { return }
          let kept = try VersionCopy(of: path, version: version)
          copy.withLock { $0 = kept }
        }
      } catch {
        // The file is as it was, so the copy is one too many.
        if let kept = copy.withLock({ $0 }) { unlink(kept.path) }
        throw error
      }
    }
    return (queue, copy.withLock { $0?.path })
  }

  /// nil where there is a file of which SQLite says that it cannot be written.
  func openUnlessReadOnly() throws -> (DatabaseQueue, copy: String?)? {
    // To try would leave files beside it that whoever may write it could not.
    if case .file(let path) = location, access(path, F_OK) == 0, access(path, W_OK) != 0, access(path, R_OK) == 0 { return nil }
    do {
      return try open()
    } catch {
      guard case .file(let path) = location, access(path, R_OK) == 0, Self.isOfWriting(error, path) else { throw error }
      return nil
    }
  }

  /// A folder in which no file can be made is one in which SQLite cannot open what has a log.
  private static func isOfWriting(_ error: any Error, _ path: String) -> Bool {
    if case HistoryError.readOnly = error { return true }
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_READONLY?, .SQLITE_PERM?: return true
    case .SQLITE_CANTOPEN?, .SQLITE_IOERR?:
      let file = HistoryLocation.file(path).file ?? path
      return access(file, W_OK) != 0 || access(URL(fileURLWithPath: file).deletingLastPathComponent().path, W_OK) != 0
    default: return false
    }
  }

  /// All that the file holds, in memory, brought up to date there: nothing is written beside it.
  func contents() throws -> DatabaseQueue {
    guard case .file(let path) = location else { return try open().0 }
    var status = stat()
    guard stat(path, &status) == 0 else { throw HistoryError.missing(path) }
    try DatabaseFile.requireFile(status, at: path)
    let memory = try DatabaseQueue(configuration: configuration)
    // SQLite makes files of its own beside what it reads: it is given a copy.
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("siam-history-\(UUID().uuidString).sqlite").path
    defer { DatabaseFile.remove(copy) }
    try copyFiles(to: copy)
    let source = try DatabaseQueue(path: copy)
    try source.backup(to: memory)
    try source.close()
    if try memory.read(needsMigration) { try Schema.migrate(memory) { _ in } }
    return memory
  }

  /// The file and its log, as they were at one moment: again where somebody has written meanwhile.
  private func copyFiles(to copy: String) throws {
    let file = location.file ?? location.description
    func state() -> [Int] {
      ["", "-wal"].flatMap { suffix -> [Int] in
        var status = stat()
        guard stat(file + suffix, &status) == 0 else { return [] }
        return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      }
    }
    for _ in 0..<5 {
      let before = state()
      DatabaseFile.remove(copy)
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: file + suffix) {
        guard let source = FileHandle(forReadingAtPath: file + suffix) else {
          throw HistoryError.failed(file, reason: String(cString: strerror(errno)))
        }
        guard FileManager.default.createFile(atPath: copy + suffix, contents: nil, attributes: [.posixPermissions: 0o600]),
          let target = FileHandle(forWritingAtPath: copy + suffix)
        else { throw HistoryError.failed(file, reason: "no copy of it can be made in \(FileManager.default.temporaryDirectory.path)") }
        while let part = try source.read(upToCount: 1 << 24), !part.isEmpty { try target.write(contentsOf: part) }
        try target.close()
        try source.close()
      }
      if state() == before { return }
    }
  }

  private func connect() throws -> DatabaseQueue {
    guard case .file(let path) = location else { return try DatabaseQueue(configuration: configuration) }
    // Of the file that a link leads to, not of the link.
    var status = stat()
    if stat(path, &status) == 0 {
      try DatabaseFile.requireFile(status, at: path)
      // SQLite takes a file shorter than its smallest page for a new one, and would write over it.
      if (1..<Self.smallestPage).contains(Int(status.st_size)) { throw HistoryError.notSQLite(path) }
    } else if errno == ELOOP {
      throw HistoryError.failed(path, reason: "it is a link that leads back to itself")
    } else if let target = HistoryLocation.linkTarget(of: path) {
      // The disk that it means may not be there: nothing is made in its place.
      let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
      if !FileManager.default.fileExists(atPath: folder) {
        throw HistoryError.failed(path, reason: "it is a link to `\(target)`, whose folder is not there")
      }
    } else {
      try makeFolder(of: path)
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static let smallestPage = 512

  /// Makes the folder and those above it.
  private func makeFolder(of path: String) throws {
    var missing: [URL] = []
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.path) {
      missing.append(folder)
      folder.deleteLastPathComponent()
    }
    for folder in missing.reversed() where mkdir(folder.path, 0o755) != 0 && errno != EEXIST {
      throw HistoryError.folderNotMade(folder.path, reason: String(cString: strerror(errno)))
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

  /// Whether the file is new or of an older version: in one transaction, as another process may be migrating it.
  ///
  /// - throws: `HistoryError` for a file that is not ours, is newer than this program, or cannot be written.
  private func needsMigration(_ db: Database) throws -> Bool {
    let path = location.description
    let (application, version) = try Schema.header(of: db)
    if application != Schema.applicationID {
      // A migration that another process has just begun, or that was killed, shows as the migrator's table alone.
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations' OR type = 'view'") ?? 0
      guard application == 0, tables == 0 else { throw HistoryError.notAHistory(path) }
    }
    try Schema.checkVersion(version, of: path)
    if application == Schema.applicationID { try Schema.checkTables(db) }
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
