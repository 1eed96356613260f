import Foundation
import SourceText

/// Where a report goes, and in which form its ending asks for it.
public struct ReportFile: Sendable {
  public enum Form: String, Sendable { case html, markdown }

  public let path: String
  public let form: Form

  /// nil where the ending is that of no form.
  public init?(_ path: String) {
    switch NSString(string: path).pathExtension.lowercased() {
    case "html", "htm": form = .html
    case "md", "markdown": form = .markdown
    default: return nil
    }
    self.path = HomeFolder.expanding(path)
  }

  /// Finds out whether it can be written, before there is anything to lose. Makes its folder.
  public func prepare() throws(Diagnostic) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw Diagnostic("`\(path)` is a folder: the report cannot be written there", at: nil) }
      guard mayBeWrittenOver else {
        throw Diagnostic(
          "`\(path)` is there already, and is no report", at: nil, hint: "it was left as it is: choose another name, or remove it first")
      }
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic("the report cannot be written to `\(path)`: its folder cannot be made", at: nil)
    }
    // A pipe that is opened and closed again would end for who reads from it.
    if isRegular ?? true { _ = try WholeFile(path) }
  }

  /// nil where there is nothing yet.
  private var isRegular: Bool? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_mode & S_IFMT == S_IFREG : nil
  }

  /// A report may be made again; what somebody has written is not lost. What is no regular file holds nothing.
  private var mayBeWrittenOver: Bool {
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_size > 0 else { return true }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
    return form == .html ? text.prefix(4096).contains("content=\"Siam ") : text.contains("\n| Siam | ")
  }

  public func write(_ report: Report) throws(Diagnostic) {
    try WholeFile.write((form == .html ? report.html : report.markdown).utf8, to: path)
  }
}
