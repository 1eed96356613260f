import Foundation
import Tensors

/// A tensor on its way into a file.
public struct NamedTensor: Sendable {
  public let name: String
  public let shape: Shape
  /// As many floats as the shape has.
  public let buffer: Buffer

  public init(name: String, shape: Shape, buffer: Buffer) {
    self.name = name
    self.shape = shape
    self.buffer = buffer
  }
}

/// Writes float32 tensors as a safetensors file, whole or not at all: to another name in the same folder, flushed to the disk, then renamed.
public enum SafetensorsWriter {
  /// - Precondition: no two tensors have one name.
  /// - Returns: the SHA-256 of the file, in hexadecimal digits.
  @discardableResult
  public static func write(
    _ tensors: [NamedTensor], metadata: [String: String] = [:], to path: String
  ) throws(CheckpointError) -> String {
    let header = SafetensorsHeader(tensors: tensors.map { ($0.name, $0.shape) }, metadata: metadata)
    let buffers = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.buffer) })
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { throw .isFolder(path) }
    let file = URL(fileURLWithPath: path)
    let folder = file.deletingLastPathComponent().path
    let temporary = "\(folder)/.\(file.lastPathComponent.prefix(100)).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .notWritable(path, reason: reason()) }
    do throws(CheckpointError) {
      let hash = try fill(descriptor, path, header, buffers)
      guard rename(temporary, path) == 0 else { throw CheckpointError.notWritable(path, reason: reason()) }
      flush(folder: folder)
      return hash
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Closes the file in any case.
  private static func fill(
    _ descriptor: Int32, _ path: String, _ header: SafetensorsHeader, _ buffers: [String: Buffer]
  ) throws(CheckpointError) -> String {
    var hash = SHA256()
    var isWritten = true
    func add(_ bytes: UnsafeRawBufferPointer) {
      guard isWritten else { return }
      hash.add(bytes)
      isWritten = writeAll(bytes, to: descriptor)
    }
    header.bytes.withUnsafeBytes { add($0) }
    for entry in header.entries {
      if let buffer = buffers[entry.name] { add(UnsafeRawBufferPointer(start: buffer.pointer, count: entry.range.count)) }
    }
    isWritten = isWritten && fsync(descriptor) == 0
    let problem = reason()
    // A file system over a network may report only now that the disk is full.
    guard close(descriptor) == 0, isWritten else { throw .notWritable(path, reason: isWritten ? reason() : problem) }
    return hash.digits()
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, min(rest.count, 1 << 30))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// So that the new name outlives a power cut. Not every file system can; the file itself is safe.
  private static func flush(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
