import GRDB
import SourceText
import Tables

extension RunHistory {
  /// The most rows that `sql` answers with.
  public static let mostRows = 100_000

  /// Answers one SQL statement on a connection that can only read: the file's bytes stay as they are whatever the text says.
  ///
  /// - parameters:
  ///   - site: where the text stands, for the caret.
  ///   - shouldStop: asked now and then while SQLite works; true ends the query.
  public func sql(
    _ text: String, at site: SourceSpan? = nil, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(Diagnostic) -> ResultTable {
    guard text.contains(where: { !$0.isWhitespace && $0 != ";" }) else {
      throw Diagnostic(
        "`sql` wants a statement", at: site, hint: "`sql SELECT name, max_value FROM metric_summary WHERE metric = 'top1'`")
    }
    let query = ReadOnlyQuery(text, site: site, rowLimit: Self.mostRows, shouldStop: shouldStop)
    let queue: DatabaseQueue
    do throws(HistoryError) { queue = try readOnlyConnection() } catch { throw error.diagnostic() }
    return try queue.inDatabase { db in
      Result { () throws(Diagnostic) in try query.run(on: db) }
    }.get()
  }

  /// For a file, a connection opened for reading alone; for a history in memory, which has one connection only, a copy.
  private func readOnlyConnection() throws(HistoryError) -> DatabaseQueue {
    try? recorder.flush()
    do {
      guard case .file(let path) = location, !isReadOnly else {
        let copy = try DatabaseQueue()
        try database.backup(to: copy)
        return copy
      }
      return try reader.withLock { reader in
        if let open = reader { return open }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "siam.history.sql"
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        reader = queue
        return queue
      }
    } catch {
      throw HistoryError(error, at: location)
    }
  }
}
