/// What one thread needs at hand while it transforms, laid out in its scratch.
struct WinogradWorkspace {
  /// 36 pointers.
  let pixels: UnsafeMutablePointer<UnsafePointer<Float>>
  /// 144 vectors.
  let temporary: UnsafeMutablePointer<Lanes>
  /// A pixel outside of the image.
  let zeros: UnsafePointer<Float>
  let transposition: UnsafeMutablePointer<Float>

  static func count(channels: Int) -> Int { 80 + 144 * 16 + Transposition.scratchCount + aligned(channels) }

  /// - Parameter scratch: `count(channels:)` floats, aligned to cache lines.
  init(_ scratch: UnsafeMutablePointer<Float>, channels: Int) {
    let raw = UnsafeMutableRawPointer(scratch)
    pixels = raw.bindMemory(to: UnsafePointer<Float>.self, capacity: 36)
    temporary = (raw + 80 * MemoryLayout<Float>.stride).bindMemory(to: Lanes.self, capacity: 144)
    transposition = scratch + 80 + 144 * 16
    let zeros = transposition + Transposition.scratchCount
    zeros.update(repeating: 0, count: channels)
    self.zeros = UnsafePointer(zeros)
  }
}
