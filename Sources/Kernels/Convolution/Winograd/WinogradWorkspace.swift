/// What one thread needs at hand while it transforms, laid out in its scratch.
struct WinogradWorkspace {
  /// Floats.
  static let count = 144 * 16 + Transposition.scratchCount

  /// 144 vectors.
  let temporary: UnsafeMutablePointer<Lanes>
  let transposition: UnsafeMutablePointer<Float>

  /// - Parameter scratch: `count` floats, aligned to cache lines.
  init(_ scratch: UnsafeMutablePointer<Float>) {
    temporary = UnsafeMutableRawPointer(scratch).bindMemory(to: Lanes.self, capacity: 144)
    transposition = scratch + 144 * 16
  }
}
