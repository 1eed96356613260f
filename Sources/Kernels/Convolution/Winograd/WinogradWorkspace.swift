/// What one thread needs at hand while it transforms, laid out in its scratch.
struct WinogradWorkspace {
  /// 81 pointers.
  let pixels: UnsafeMutablePointer<UnsafePointer<Float>>
  /// 144 vectors.
  let temporary: UnsafeMutablePointer<Lanes>
  /// A pixel outside of the image.
  let zeros: UnsafePointer<Float>
  let transposition: UnsafeMutablePointer<Float>

  /// What the pointers take.
  private static let pointerFloats = 176

  static func count(channels: Int) -> Int { pointerFloats + 144 * 16 + Transposition.scratchCount + aligned(channels) }

  /// - Parameter scratch: `count(channels:)` floats, aligned to cache lines.
  init(_ scratch: UnsafeMutablePointer<Float>, channels: Int) {
    let raw = UnsafeMutableRawPointer(scratch)
    pixels = raw.bindMemory(to: UnsafePointer<Float>.self, capacity: 81)
    temporary = (raw + Self.pointerFloats * MemoryLayout<Float>.stride).bindMemory(to: Lanes.self, capacity: 144)
    transposition = scratch + Self.pointerFloats + 144 * 16
    let zeros = transposition + Transposition.scratchCount
    zeros.update(repeating: 0, count: channels)
    self.zeros = UnsafePointer(zeros)
  }
}
