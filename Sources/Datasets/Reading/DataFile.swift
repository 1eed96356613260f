import CZlib
import Foundation

/// A file that is read from front to back, unpacked on the way when it is gzipped (which its first bytes say, not its name).
///
/// Never holds more than the caller asked for, and asks the system for memory only as data really comes.
final class DataFile {
  let path: String
  /// Bytes on disk, packed or not.
  let fileSize: Int
  private let stream: gzFile
  /// Unpacked bytes handed out so far.
  private(set) var position = 0
  private var chunk: [UInt8] = []

  init(path: String) throws(DatasetError) {
    // Without O_NONBLOCK a named pipe would wait for a writer for ever.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missingFile(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    guard let stream = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw .unreadable(path: path, reason: "out of memory")
    }
    gzbuffer(stream, 1 << 17)
    self.path = path
    self.stream = stream
    fileSize = Int(status.st_size)
  }

  deinit { gzclose(stream) }

  /// The next `count` bytes.
  /// - Throws: `truncated` when the file ends first (`expected` counts from the file's beginning).
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(count, to: &bytes)
    return bytes
  }

  /// The next `count` bytes at once, for a file that is known to be as long.
  /// - Precondition: `count` is no claim of the file's own, but of its size on the disk.
  func readAll(_ count: Int) throws(DatasetError) -> [UInt8] {
    var received = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while received < count, let base = buffer.baseAddress {
        let part = gzread(stream, base + received, UInt32(min(count - received, 1 << 30)))
        guard part > 0 else { break }
        received += Int(part)
      }
      filled = received
    }
    position += received
    guard received < count else { return bytes }
    if status.code != Z_OK { throw failure() }
    throw endedEarly(expected: position - received + count)
  }

  /// Appends the next `count` bytes, a megabyte at a time.
  func append(_ count: Int, to bytes: inout [UInt8]) throws(DatasetError) {
    let expected = position + count
    var left = count
    while left > 0 {
      let part = min(left, 1 << 20)
      if chunk.count < part { chunk = Array(repeating: 0, count: part) }
      let received = chunk.withUnsafeMutableBytes { gzread(stream, $0.baseAddress, UInt32(part)) }
      guard received >= 0 else { throw failure() }
      position += Int(received)
      guard received == part else { throw endedEarly(expected: expected) }
      bytes.append(contentsOf: chunk[..<part])
      left -= part
    }
  }

  /// - Throws: `oversized` when there is more; `wrongFormat` when a gzip file lacks its end, which holds the checksum.
  func expectEnd() throws(DatasetError) {
    var byte: UInt8 = 0
    let received = gzread(stream, &byte, 1)
    guard received >= 0 else { throw failure() }
    guard received == 0 else { throw .oversized(path: path, expected: position) }
    guard status.code == Z_OK else { throw failure() }
  }

  /// That `count` more bytes follow and nothing else, as far as the file's size tells, which says nothing of a gzipped one.
  func expectSize(_ count: Int) throws(DatasetError) {
    guard gzdirect(stream) == 1 else { return }
    let expected = position + count
    if fileSize < expected { throw .truncated(path: path, expected: expected, found: fileSize) }
    if fileSize > expected { throw .oversized(path: path, expected: expected) }
  }

  private var status: (code: Int32, text: String) {
    var code: Int32 = 0
    let text = gzerror(stream, &code).map { String(cString: $0) } ?? ""
    return (code, text)
  }

  /// After a short read that `gzread` did not call an error.
  private func endedEarly(expected: Int) -> DatasetError {
    status.code == Z_DATA_ERROR ? failure() : .truncated(path: path, expected: expected, found: position)
  }

  private func failure() -> DatasetError {
    let (code, text) = status
    switch code {
    case Z_DATA_ERROR, Z_BUF_ERROR:
      return .wrongFormat(path: path, reason: "is a damaged gzip file", hint: "copy or download it again")
    default:
      return .unreadable(path: path, reason: code == Z_ERRNO ? String(cString: strerror(errno)) : text)
    }
  }
}
