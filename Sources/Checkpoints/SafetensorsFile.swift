import Foundation
import Tensors

/// A safetensors file, opened and checked: its header is known to be true of it. The tensors are read by `contents()`.
public final class SafetensorsFile {
  /// A header longer than this is refused, as by the reference implementation.
  static let longestHeader = 100_000_000

  /// What errors call the file.
  let name: String
  public let header: SafetensorsHeader
  private let descriptor: Int32
  private let headerBytes: [UInt8]

  /// - Parameter name: what errors call the file; nil: its path.
  /// - Throws: what is wrong with the file: it is missing, cut off, of another format, or against the format's rules.
  public init(_ path: String, called name: String? = nil) throws(CheckpointError) {
    let name = name ?? path
    self.name = name
    // Opening a pipe would else wait for somebody to write.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .missing(name) : .notReadable(name, reason: Self.reason())
    }
    do throws(CheckpointError) {
      (header, headerBytes) = try Self.header(of: descriptor, name)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private static func header(of descriptor: Int32, _ name: String) throws(CheckpointError) -> (SafetensorsHeader, [UInt8]) {
    let size = try size(of: descriptor, name)
    guard size >= 8 else { throw .notSafetensors(name, reason: "it has \(size) bytes, and the header's length alone takes 8") }
    let bytes = try self.bytes(descriptor, 0..<8, name, size: size)
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(longestHeader) else {
      throw .notSafetensors(name, reason: "its first 8 bytes are no header's length (\(length))")
    }
    guard Int(length) <= size - 8 else { throw .truncated(name, bytes: size, expected: 8 + Int(length)) }
    let text = try self.bytes(descriptor, 8..<8 + Int(length), name, size: size)
    let header: SafetensorsHeader
    do throws(HeaderProblem) {
      header = try SafetensorsHeader(json: text)
    } catch {
      throw .notSafetensors(name, reason: error.words)
    }
    let (expected, overflows) = (8 + text.count).addingReportingOverflow(header.dataLength)
    guard !overflows, size >= expected else { throw .truncated(name, bytes: size, expected: overflows ? .max : expected) }
    guard size == expected else {
      throw .notSafetensors(name, reason: "\(size - expected) bytes follow the data that its header tells of")
    }
    return (header, bytes + text)
  }

  /// Reads all tensors into memory.
  ///
  /// - Parameter limit: the most bytes of tensors that are read; nil: half of the machine's memory.
  public func contents(limit: Int? = nil) throws(CheckpointError) -> SafetensorsContents {
    let limit = limit ?? Int(min(ProcessInfo.processInfo.physicalMemory / 2, UInt64(Int.max)))
    guard header.dataLength <= limit, Self.isThereMemory(header.dataLength) else {
      throw .tooLarge(name, bytes: header.dataLength, limit: limit)
    }
    let buffer = Buffer(count: header.dataLength / MemoryLayout<Float>.stride)
    let bytes = UnsafeMutableRawBufferPointer(start: buffer.pointer, count: header.dataLength)
    try Self.read(descriptor, into: bytes, at: headerBytes.count, name, size: headerBytes.count + header.dataLength)
    return SafetensorsContents(header: header, headerBytes: headerBytes, buffer: buffer)
  }

  /// A process may be allowed less than the machine has.
  private static func isThereMemory(_ bytes: Int) -> Bool {
    guard let memory = malloc(bytes + 64) else { return false }
    free(memory)
    return true
  }

  private static func size(of descriptor: Int32, _ name: String) throws(CheckpointError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .notReadable(name, reason: reason()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: throw .isFolder(name)
    default: throw .noFile(name)
    }
  }

  private static func bytes(_ descriptor: Int32, _ range: Range<Int>, _ name: String, size: Int) throws(CheckpointError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(CheckpointError) in try read(descriptor, into: buffer, at: range.lowerBound, name, size: size) }
    }
    try result.get()
    return bytes
  }

  private static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int, _ name: String, size: Int
  ) throws(CheckpointError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(descriptor, rest.baseAddress, min(rest.count, 1 << 30), off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .notReadable(name, reason: reason()) }
      // It has become shorter since its size was asked.
      guard count > 0 else { throw .truncated(name, bytes: offset + done, expected: size) }
      done += count
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}

/// All tensors of a safetensors file.
public final class SafetensorsContents {
  public let header: SafetensorsHeader
  /// The SHA-256 of the whole file, in hexadecimal digits.
  public let hash: String
  private let buffer: Buffer
  private let places: [String: Int]

  init(header: SafetensorsHeader, headerBytes: [UInt8], buffer: Buffer) {
    self.header = header
    self.buffer = buffer
    places = Dictionary(uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
    var hash = SHA256()
    hash.add(headerBytes)
    hash.add(UnsafeRawBufferPointer(start: buffer.pointer, count: header.dataLength))
    self.hash = hash.digits()
  }

  /// Where a tensor stands and of what shape it is; nil where there is none of that name.
  public func entry(_ name: String) -> SafetensorsHeader.Entry? { places[name].map { header.entries[$0] } }

  /// The values of a tensor; nil where there is none of that name.
  public func tensor(_ name: String) -> Tensor? {
    entry(name).map { Tensor(shape: $0.shape, values: Array(floats($0))) }
  }

  /// Copies a tensor's values to where as many floats fit as its shape has.
  public func copy(_ entry: SafetensorsHeader.Entry, to target: UnsafeMutablePointer<Float>) {
    if let source = floats(entry).baseAddress { target.update(from: source, count: entry.shape.count) }
  }

  private func floats(_ entry: SafetensorsHeader.Entry) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: buffer.pointer + entry.range.lowerBound / MemoryLayout<Float>.stride, count: entry.shape.count)
  }
}
