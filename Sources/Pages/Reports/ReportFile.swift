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
      guard access(path, W_OK) == 0 else { throw problem(errno) }
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic("the report cannot be written to `\(path)`: its folder cannot be made", at: nil)
    }
    // It is written to another name first: the folder must take one.
    let probe = "\(folder)/.siam-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw problem(errno) }
    close(descriptor)
    unlink(probe)
  }

  private func problem(_ code: Int32) -> Diagnostic {
    Diagnostic("the report cannot be written to `\(path)`: \(String(cString: strerror(code)))", at: nil)
  }

  public func write(_ report: Report) throws(Diagnostic) {
    try TextFile.write(form == .html ? report.html : report.markdown, to: path)
  }
}
