import Glibc

/// A text file, written whole or not at all: to another name in the same folder, flushed to the disk, then renamed.
public enum TextFile {
  /// - Parameters:
  ///   - path: where it leads by a link, the file there is written. A file that is there already keeps its mode.
  ///   - mayReplace: false: a file that is there already is left alone.
  /// - Throws: a diagnostic without a site that says why it cannot be written.
  public static func write(_ text: String, to path: String, mayReplace: Bool = true) throws(Diagnostic) {
    let target = resolved(path)
    var information = stat()
    let isThere = stat(target, &information) == 0
    if isThere {
      if information.st_mode & S_IFMT == S_IFDIR { throw Diagnostic("`\(path)` is a directory, not a file", at: nil) }
      guard mayReplace else { throw Diagnostic("`\(path)` is there already", at: nil) }
      // A name that can be exchanged says nothing of whether the file may be.
      guard access(target, W_OK) == 0 else { throw problem(path, errno) }
    }
    let temporary = "\(folder(of: target))/.siam-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(path, errno) }
    if isThere {
      _ = fchown(descriptor, information.st_uid, information.st_gid)
      _ = fchmod(descriptor, information.st_mode & 0o7777)
    }
    let isWritten = writeAll(Array(text.utf8), to: descriptor) && fsync(descriptor) == 0
    let code = errno
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed else {
      let reason = isWritten ? errno : code
      unlink(temporary)
      throw problem(path, reason)
    }
    // A link made in this folder fails where something has come to be there meanwhile.
    guard mayReplace ? rename(temporary, target) == 0 : link(temporary, target) == 0 else {
      let reason = errno
      unlink(temporary)
      throw reason == EEXIST ? Diagnostic("`\(path)` is there already", at: nil) : problem(path, reason)
    }
    if !mayReplace { unlink(temporary) }
  }

  /// Where links lead in the end; the path itself where there is nothing yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func problem(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("`\(path)` cannot be written: \(String(cString: strerror(code)))", at: nil)
  }
}
