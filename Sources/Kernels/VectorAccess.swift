// Unaligned vector loads and stores of floats: the caller sees to it that all lanes lie in the array.

extension UnsafePointer<Float> {
  @inline(__always)
  func load<Vector: SIMD & BitwiseCopyable>(_ type: Vector.Type) -> Vector where Vector.Scalar == Float {
    UnsafeRawPointer(self).loadUnaligned(as: type)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func load<Vector: SIMD & BitwiseCopyable>(_ type: Vector.Type) -> Vector where Vector.Scalar == Float {
    UnsafeRawPointer(self).loadUnaligned(as: type)
  }

  @inline(__always)
  func store<Vector: SIMD & BitwiseCopyable>(_ vector: Vector) where Vector.Scalar == Float {
    UnsafeMutableRawPointer(self).storeBytes(of: vector, as: Vector.self)
  }
}
