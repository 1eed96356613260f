import Foundation

extension SourceFile {
  /// Reads a file of statements. A byte order mark is dropped.
  ///
  /// - Throws: a diagnostic when there is no such file, when it cannot be read, or when it is not UTF-8.
  public static func read(_ path: String) throws(Diagnostic) -> SourceFile {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Diagnostic("there is no file `\(path)`", at: nil)
    }
    if isFolder.boolValue { throw Diagnostic("`\(path)` is a folder, not a file of statements", at: nil) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic("`\(path)` cannot be read", at: nil, hint: "see its permissions: `ls -l \(path)`")
    }
    return try decode(data, name: path)
  }

  /// The text of these bytes.
  ///
  /// - Throws: a diagnostic that names the first line that is not UTF-8.
  public static func decode(_ data: Data, name: String) throws(Diagnostic) -> SourceFile {
    guard let text = String(validating: data, as: UTF8.self) else {
      let line = firstInvalidLine(data)
      throw Diagnostic(
        "`\(name)` is not UTF-8 text: line \(line) has a byte that means nothing in it", at: nil,
        hint: "save it as UTF-8: `iconv -f latin1 -t utf-8`")
    }
    return SourceFile(name: name, text: text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text)
  }

  /// 1-based.
  private static func firstInvalidLine(_ data: Data) -> Int {
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
  }
}
