import Foundation

/// Zeroed, 64-byte aligned float32 storage with identity: parameters, inputs, a program's arena.
public final class Buffer: @unchecked Sendable {
  private static let hugePage = 2 << 20
  /// From here on `malloc` keeps no memory for the next either.
  private static let mappedFrom = 32 << 20

  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>
  /// What is mapped, pages in front of the storage included; nil where `malloc` gave it.
  private let mapping: (start: UnsafeMutableRawPointer, bytes: Int)?

  public init(count: Int) {
    self.count = count
    let bytes = max(64, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
    let raw: UnsafeMutableRawPointer
    (raw, mapping) = bytes >= Self.mappedFrom ? Self.map(bytes) : (Self.allocate(bytes), nil)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { if let mapping { munmap(mapping.start, mapping.bytes) } else { free(pointer) } }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let isLarge = bytes >= hugePage
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, isLarge ? hugePage : 64, bytes) == 0, let raw = memory else { fatalError("no memory for \(bytes) bytes") }
    if isLarge { askForHugePages(raw, bytes) }
    memset(raw, 0, bytes)
    return raw
  }

  /// New pages are zeros, which the system writes when they are first used: not before, and by the threads that use them.
  private static func map(_ bytes: Int) -> (UnsafeMutableRawPointer, (start: UnsafeMutableRawPointer, bytes: Int)?) {
    let whole = bytes + hugePage
    guard let start = mmap(nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED else {
      fatalError("no memory for \(bytes) bytes")
    }
    let raw = start.alignedUp(toMultipleOf: hugePage)
    askForHugePages(raw, bytes)
    return (raw, (start, whole))
  }

  /// What is walked through in strides, as tiles are, would miss small pages. A system that has none others goes on with those.
  private static func askForHugePages(_ raw: UnsafeMutableRawPointer, _ bytes: Int) { madvise(raw, bytes, MADV_HUGEPAGE) }

  public var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}
