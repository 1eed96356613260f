import Foundation
import RunHistory
import SourceText

/// The files that statements name.
extension Session {
  /// A path as written in a script: relative to the script's folder; at the prompt to the working folder.
  func path(_ name: String, besides file: SourceFile) -> String {
    let expanded = HomeFolder.expanding(name)
    guard !expanded.hasPrefix("/"), !file.name.hasPrefix("<"), !file.name.hasPrefix("-") else { return expanded }
    let folder = NSString(string: file.name).deletingLastPathComponent
    return folder.isEmpty ? expanded : folder + "/" + expanded
  }

  /// Whole, without `..`; links stay as they are.
  func absolutePath(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// The path of a file to be written, as a statement names it.
  ///
  /// - Throws: where the session may not write there.
  func writablePath(_ name: String, at site: SourceSpan, besides file: SourceFile) throws(StatementFailure) -> String {
    let path = path(name, besides: file)
    guard options.permissions.allowsWriting(path) else {
      if options.permissions.forbidsWriting { throw .wrong(Permissions.writing(at: site)) }
      throw .wrong(
        Diagnostic(
          "a script may not write `\(path)`", at: site,
          hint: "`--allow-write=FOLDER` may be repeated; allowed so far: \((options.permissions.writablePaths ?? []).joined(separator: ", "))"))
    }
    if let what = loss(by: path) {
      throw .wrong(Diagnostic("`\(name)` is \(what)", at: site, hint: "it was left as it is: choose another name"))
    }
    return path
  }

  /// What would be lost if that file were written: a history, this session's or another, or the script that says so.
  private func loss(by path: String) -> String? {
    func identity(_ path: String) -> [UInt64]? {
      var information = stat()
      guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
      return [UInt64(information.st_dev), UInt64(information.st_ino)]
    }
    guard let written = identity(path) else { return nil }
    if includes.contains(where: { identity($0) == written }) { return "a script that is being run" }
    if let history = (try? HistoryLocation.resolve(option: options.databasePath))?.file,
      ["", "-wal", "-shm"].contains(where: { identity(history + $0) == written })
    {
      return "the history"
    }
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    return (try? file.read(upToCount: 16)) == Data("SQLite format 3\0".utf8) ? "a database" : nil
  }
}
