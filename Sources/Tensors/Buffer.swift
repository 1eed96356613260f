import Foundation

/// Zeroed, 64-byte aligned float32 storage with identity: parameters, inputs, a program's arena.
public final class Buffer: @unchecked Sendable {
  private static let hugePage = 2 << 20

  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>
  /// 0: it came from the heap.
  private let mappedBytes: Int

  public init(count: Int) {
    self.count = count
    let size = max(64, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
    mappedBytes = size >= Self.hugePage ? (size + Self.hugePage - 1) / Self.hugePage * Self.hugePage : 0
    guard let raw = mappedBytes > 0 ? Self.map(mappedBytes) : Self.allocate(size) else { fatalError("no memory for \(size) bytes") }
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit {
    if mappedBytes > 0 { munmap(pointer, mappedBytes) } else { free(pointer) }
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, 64, bytes) == 0, let memory else { return nil }
    memset(memory, 0, bytes)
    return memory
  }

  /// Whole large pages, which the system zeroes when they are first used: what a formula is only checked with costs no memory.
  private static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
    // With room to begin at a large page; what is left over on both sides is given back.
    let whole = bytes + hugePage
    guard let start = mmap(nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED else { return nil }
    let before = (hugePage - Int(bitPattern: start) % hugePage) % hugePage
    if before > 0 { munmap(start, before) }
    munmap(start + before + bytes, hugePage - before)
    // What is walked through in strides, as tiles are, would miss small pages. A system that has none others goes on with those.
    madvise(start + before, bytes, MADV_HUGEPAGE)
    return start + before
  }

  public var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}
