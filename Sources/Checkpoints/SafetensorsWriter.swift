import Foundation
import SourceText
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

/// Writes float32 tensors as a safetensors file, whole or not at all; see `WholeFile`.
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
    var hash = SHA256()
    do throws(Diagnostic) {
      let file = try WholeFile(path)
      let headerBytes = header.bytes
      hash.add(headerBytes)
      try file.write(headerBytes)
      for entry in header.entries {
        guard let buffer = buffers[entry.name] else { continue }
        let bytes = UnsafeRawBufferPointer(start: buffer.pointer, count: entry.range.count)
        hash.add(bytes)
        try file.write(bytes)
      }
      try file.finish()
    } catch {
      throw .notWritten(error.message)
    }
    return hash.digits()
  }
}
