import Kernels

/// A rectified batch norm that another operation does on its way: which inputs it has beside its x and moments.
struct RectifiedNorm: Hashable, Sendable {
  let epsilon: Float
  let hasScale: Bool
  let hasShift: Bool

  init(_ norm: BatchNormalization) {
    epsilon = norm.epsilon
    hasScale = norm.hasScale
    hasShift = norm.hasShift
  }

  /// - Parameter inputs: the scale and the shift, where there are.
  func affine(_ inputs: ArraySlice<UnsafePointer<Float>>) -> BatchNorm.Affine {
    BatchNorm.Affine(scale: hasScale ? inputs.first : nil, shift: hasShift ? inputs.last : nil)
  }

  /// - Parameter inputs: the moments, then the scale and the shift, where there are.
  func kernel(_ inputs: ArraySlice<UnsafePointer<Float>>) -> BatchNorm.Rectified? {
    inputs.first.map { BatchNorm.Rectified(moments: $0, affine(inputs.dropFirst()), epsilon: epsilon) }
  }
}
