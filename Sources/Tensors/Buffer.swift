import Foundation

/// Zeroed, 64-byte aligned float32 storage with identity: parameters, inputs, a program's arena.
public final class Buffer: @unchecked Sendable {
  private static let hugePage = 2 << 20

  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>

  public init(count: Int) {
    self.count = count
    let isLarge = count * MemoryLayout<Float>.stride >= Self.hugePage
    let alignment = isLarge ? Self.hugePage : 64
    let bytes = max(alignment, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, alignment, bytes) == 0, let raw = memory else { fatalError("no memory for \(bytes) bytes") }
    // What is walked through in strides, as tiles are, would miss small pages. A system that has none others goes on with those.
    if isLarge { madvise(raw, bytes, MADV_HUGEPAGE) }
    memset(raw, 0, bytes)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { free(pointer) }

  public var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}
