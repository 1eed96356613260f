/// Where the numbers of a sum lie: in up to three levels, since the pixels or the patches that a convolution sums over lie in lines
/// of images. Number k of line l of group g is g·groupStride + l·lineStride + k·depthStride floats from the beginning.
struct SumWalk {
  var groups = 1
  var groupStride = 0
  var lines = 1
  var lineStride = 0
  var depth: Int
  var depthStride = 1

  /// Steps of the sum.
  var count: Int { groups * lines * depth }
  /// Floats of scratch for the list that `write` makes.
  var scratchCount: Int { aligned(count) }

  /// The three levels as one list, in place of floats of `scratch`. What walks fewer groups may use it too.
  func write(to scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Int32> {
    // Scratch is nothing but bytes, and an Int32 has as many as a Float.
    let offsets = UnsafeMutableRawPointer(scratch).bindMemory(to: Int32.self, capacity: count)
    var next = offsets
    for group in 0..<groups {
      for line in 0..<lines {
        for step in 0..<depth {
          next.pointee = Int32(truncatingIfNeeded: group * groupStride + line * lineStride + step * depthStride)
          next += 1
        }
      }
    }
    return UnsafePointer(offsets)
  }
}
