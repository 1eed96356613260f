/// Bytes as the numbers in [0, 1] that augmentation works on (torchvision's `ToTensor`).
enum UnitPixels {
  /// Both hold `count` contiguous values and do not overlap.
  @inline(__always)
  static func convert(_ bytes: UnsafePointer<UInt8>, count: Int, into values: UnsafeMutablePointer<Float>) {
    for index in 0..<count { values[index] = Float(bytes[index]) * (1 / 255) }
  }
}
