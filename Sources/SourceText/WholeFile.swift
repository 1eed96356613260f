import Glibc

/// A file that is written whole or not at all: under another name in the same folder, flushed to the disk, then renamed. What is there and is no
/// regular file (a device, a named pipe) is written into instead.
public final class WholeFile {
  /// As the user gave it.
  private let path: String
  private let target: String
  private let mayReplace: Bool
  private let descriptor: Int32
  /// nil where the target itself is written into.
  private let temporary: String?
  private var isOpen = true

  /// - Parameters:
  ///   - path: where it leads by a link, the file there is written. A file that is there already keeps its mode.
  ///   - mayReplace: false: a file that is there already is left alone.
  /// - Throws: a diagnostic without a site that says why it cannot be written.
  public init(_ path: String, mayReplace: Bool = true) throws(Diagnostic) {
    self.path = path
    self.mayReplace = mayReplace
    target = Self.resolved(path)
    var information = stat()
    let isThere = stat(target, &information) == 0
    if isThere {
      if information.st_mode & S_IFMT == S_IFDIR { throw Diagnostic("`\(path)` is a directory, not a file", at: nil) }
      guard mayReplace else { throw Diagnostic("`\(path)` is there already", at: nil) }
      // A name that can be exchanged says nothing of whether the file may be.
      guard access(target, W_OK) == 0 else { throw Self.problem(path, errno) }
    }
    if isThere, information.st_mode & S_IFMT != S_IFREG {
      temporary = nil
      // A pipe that nobody reads would wait for ever.
      descriptor = open(target, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { throw errno == ENXIO ? Diagnostic("nobody reads from `\(path)`", at: nil) : Self.problem(path, errno) }
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
      return
    }
    let temporary = "\(Self.folder(of: target))/.siam-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
    self.temporary = temporary
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.problem(path, errno) }
    if isThere {
      _ = fchown(descriptor, information.st_uid, information.st_gid)
      _ = fchmod(descriptor, information.st_mode & 0o7777)
    }
  }

  /// What was begun and not finished leaves nothing.
  deinit { if isOpen { discard() } }

  public func write(_ bytes: some Sequence<UInt8>) throws(Diagnostic) {
    let all = Array(bytes)
    try all.withUnsafeBytes { bytes in Result { () throws(Diagnostic) in try write(bytes) } }.get()
  }

  /// What may be large is not copied.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, min(rest.count, 1 << 30))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.problem(path, errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives what was written its name.
  public func finish() throws(Diagnostic) {
    guard let temporary else {
      isOpen = false
      guard close(descriptor) == 0 else { throw Self.problem(path, errno) }
      return
    }
    guard fsync(descriptor) == 0 else { throw Self.problem(path, errno) }
    isOpen = false
    guard close(descriptor) == 0 else {
      let reason = errno
      unlink(temporary)
      throw Self.problem(path, reason)
    }
    // A link made in this folder fails where something has come to be there meanwhile.
    guard mayReplace ? rename(temporary, target) == 0 : link(temporary, target) == 0 else {
      let reason = errno
      unlink(temporary)
      throw reason == EEXIST ? Diagnostic("`\(path)` is there already", at: nil) : Self.problem(path, reason)
    }
    if !mayReplace { unlink(temporary) }
    flushFolder()
  }

  /// So that the new name outlives a power cut. Not every file system can; the file itself is safe.
  private func flushFolder() {
    let descriptor = open(Self.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func discard() {
    isOpen = false
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// Writes all at once.
  public static func write(_ bytes: some Sequence<UInt8>, to path: String, mayReplace: Bool = true) throws(Diagnostic) {
    let file = try WholeFile(path, mayReplace: mayReplace)
    try file.write(bytes)
    try file.finish()
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

  private static func problem(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("`\(path)` cannot be written: \(String(cString: strerror(code)))", at: nil)
  }
}
