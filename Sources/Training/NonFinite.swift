import Tensors

/// Whether any of `count` floats is NaN or infinite: an exponent of all ones. Written on bit patterns, as a maximum of integers is
/// what the compiler makes vector code of.
func containsNonFinite(_ values: UnsafePointer<Float>, count: Int) -> Bool {
  var largest: UInt32 = 0
  for index in 0..<count { largest = max(largest, values[index].bitPattern & 0x7fff_ffff) }
  return largest >= 0x7f80_0000
}

extension Buffer {
  var containsNonFinite: Bool { Training.containsNonFinite(pointer, count: count) }
}
