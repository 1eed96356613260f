import Glibc

extension SourceFile {
  /// The largest text that is read: 64 MiB.
  public static let largestSize = 64 << 20

  /// Reads a file.
  ///
  /// - Parameter name: what diagnostics call it; the path when left out.
  /// - Throws: a diagnostic without a site when there is no such file, it is a directory, it cannot be read, it is too large,
  ///   or it is not UTF-8.
  /// - Parameter isStopped: asked now and then while a named pipe is waited for.
  public convenience init(
    contentsOf path: String, called name: String? = nil, unless isStopped: () -> Bool = { false }
  ) throws(Diagnostic) {
    try self.init(utf8: Self.bytes(ofFile: path, isStopped), called: name ?? path)
  }

  /// Takes bytes that were read already, from standard input for instance.
  ///
  /// - Throws: a diagnostic without a site when they are not UTF-8; it names the line and the byte.
  public convenience init(utf8 bytes: [UInt8], called name: String) throws(Diagnostic) {
    let text = String(decoding: bytes, as: UTF8.self)
    // Decoding repairs what is wrong, so the text differs from the bytes exactly where they were not UTF-8.
    var offset = 0
    for byte in text.utf8 {
      guard offset < bytes.count, bytes[offset] == byte else {
        throw Self.notUTF8(bytes, at: offset, repaired: text, called: name)
      }
      offset += 1
    }
    self.init(name: name, text: text)
  }

  /// Reads what is open already, standard input for instance, to its end.
  ///
  /// - Throws: a diagnostic without a site when it cannot be read, is too large, or is not UTF-8.
  public convenience init(descriptor: Int32, called name: String) throws(Diagnostic) {
    try self.init(utf8: Self.bytes(from: descriptor, name), called: name)
  }

  private static func bytes(ofFile path: String, _ isStopped: () -> Bool) throws(Diagnostic) -> [UInt8] {
    // Without O_NONBLOCK a named pipe would wait for a writer for ever, whatever is typed.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotOpen(path, errno) }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw cannotOpen(path, errno) }
    if information.st_mode & S_IFMT == S_IFDIR { throw isDirectory(path) }
    if information.st_mode & S_IFMT == S_IFIFO { try wait(for: descriptor, path, isStopped) }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return try bytes(from: descriptor, path)
  }

  /// Until somebody has written into a pipe, or has closed it.
  private static func wait(for descriptor: Int32, _ path: String, _ isStopped: () -> Bool) throws(Diagnostic) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, 100) <= 0 {
      if isStopped() { throw Diagnostic("`\(path)` was not read: nobody has written into it", at: nil) }
    }
  }

  /// A pipe tells no size beforehand, so the limit is checked while reading.
  private static func bytes(from descriptor: Int32, _ path: String) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw cannotOpen(path, errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= largestSize else { throw isTooLarge(path) }
    }
  }
}

// The sentences.
extension SourceFile {
  private static func cannotOpen(_ path: String, _ code: Int32) -> Diagnostic {
    switch code {
    case ENOENT, ENOTDIR: Diagnostic("there is no file `\(path)`", at: nil)
    case EACCES, EPERM: Diagnostic("`\(path)` may not be read", at: nil, hint: "`ls -l` shows whose it is and who may read it")
    case EISDIR: isDirectory(path)
    default: Diagnostic("`\(path)` cannot be read: \(String(cString: strerror(code)))", at: nil)
    }
  }

  private static func isDirectory(_ path: String) -> Diagnostic {
    Diagnostic("`\(path)` is a directory, not a file", at: nil)
  }

  private static func isTooLarge(_ path: String) -> Diagnostic {
    Diagnostic("`\(path)` is larger than 64 MiB, which is no script", at: nil)
  }

  private static func notUTF8(_ bytes: [UInt8], at difference: Int, repaired: String, called name: String) -> Diagnostic {
    // U+FFFD begins with a byte that a broken sequence may begin with too: go back to where the character began.
    let repairedBytes = Array(repaired.utf8)
    var offset = min(difference, bytes.count - 1)
    while offset > 0, repairedBytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = (bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let value = String(bytes[offset], radix: 16, uppercase: true)
    return Diagnostic(
      "`\(name)` is not UTF-8: byte \(offset - lineStart + 1) of line \(line) is 0x\(value)", at: nil,
      hint: name.hasPrefix("<")
        ? "`iconv -f latin1 -t utf8` converts Latin-1" : "`file \(name)` guesses what it is; `iconv -f latin1 -t utf8` converts Latin-1")
  }
}
