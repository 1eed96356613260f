/// Sixteen floats side by side: channels of one pixel, as the kernels that know no other width take them.
typealias Lanes = SIMD16<Float>

// Unaligned vector loads and stores of floats: the caller sees to it that all lanes, or the `lanes` first, lie in the array.

extension UnsafePointer<Float> {
  @inline(__always)
  func load<Vector: SIMD & BitwiseCopyable>(_ type: Vector.Type) -> Vector where Vector.Scalar == Float {
    UnsafeRawPointer(self).loadUnaligned(as: type)
  }

  @inline(__always)
  func load<Vector: SIMD & BitwiseCopyable>(_ type: Vector.Type, lanes: Int) -> Vector where Vector.Scalar == Float {
    if lanes == Vector.scalarCount { return load(type) }
    var vector = Vector(repeating: 0)
    for lane in 0..<lanes { vector[lane] = self[lane] }
    return vector
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
  @inline(__always)
  func store<Vector: SIMD & BitwiseCopyable>(_ vector: Vector, lanes: Int) where Vector.Scalar == Float {
    if lanes == Vector.scalarCount { return store(vector) }
    for lane in 0..<lanes { self[lane] = vector[lane] }
  }
}
