import CZlib
import Foundation

/// A folder that lives as long as a test holds it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "siam-datasets-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func folder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  /// Writes `bytes` and then `zeros` zero bytes, gzipped.
  func writeGzip(_ name: String, _ bytes: [UInt8], zeros: Int = 0) {
    let file = gzopen(path + "/" + name, "wb")
    gzwrite(file, bytes, UInt32(bytes.count))
    let block = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<zeros >> 20 { gzwrite(file, block, UInt32(block.count)) }
    gzclose(file)
  }

  func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path + "/" + name))) }
}
