import Foundation

/// Zeroed, 64-byte aligned float32 storage with identity: parameters, inputs, a program's arena.
public final class Buffer: @unchecked Sendable {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>

  public init(count: Int) {
    self.count = count
    let bytes = max(64, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
    guard let raw = aligned_alloc(64, bytes) else { fatalError("no memory for \(bytes) bytes") }
    memset(raw, 0, bytes)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { free(pointer) }

  public var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}
