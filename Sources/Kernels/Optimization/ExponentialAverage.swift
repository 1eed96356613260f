/// The average that a momentum teacher keeps of its student.
public enum ExponentialAverage {
  /// y ← μ·y + (1-μ)·x, elementwise over `count` floats in place.
  public static func run(
    _ y: UnsafeMutablePointer<Float>, toward x: UnsafePointer<Float>, count: Int, momentum: Float, pool: ThreadPool
  ) {
    pool.split(count, minimumPart: 1 << 14) { _, range in
      for index in range { y[index] = momentum * y[index] + (1 - momentum) * x[index] }
    }
  }
}
