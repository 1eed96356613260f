import CProcessor

/// Drives numbers out of the caches, so that a small array can be timed as if it were a large one: to have a large one cleared by the
/// system takes longer than everything else that is measured.
public enum Eviction {
  public static func run(_ pointer: UnsafePointer<Float>, _ count: Int) {
    for index in stride(from: 0, to: count, by: 16) { siam_evict(pointer + index) }
    siam_evict_end()
  }
}
