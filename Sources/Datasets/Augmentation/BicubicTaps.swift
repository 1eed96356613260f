/// The four neighbours and their weights that each output position along one axis is made of, when `input` positions are stretched to
/// `output` ≥ `input`: Keys' cubic with a = -0.5, its weights renormalised where the window leaves the input.
///
/// This is what PIL does, and torchvision on tensors with `antialias=True`; without it PyTorch takes a = -0.75 and repeats the border.
/// A crop is never larger than the image it becomes, so the filter never widens.
struct BicubicTaps {
  private(set) var starts: [Int] = []
  /// Weights of `starts[i]`…`starts[i] + 3`; 0 past the end of the input.
  private(set) var weights: [SIMD4<Float>] = []

  init(capacity: Int) {
    starts.reserveCapacity(capacity)
    weights.reserveCapacity(capacity)
  }

  mutating func set(input: Int, output: Int) {
    starts.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    let scale = Float(input) / Float(output)
    for position in 0..<output {
      let center = scale * (Float(position) + 0.5)
      let start = max(0, Int(center - 1.5))
      let end = min(input, Int(center + 2.5))
      var weight = SIMD4<Float>.zero
      for tap in 0..<max(0, min(4, end - start)) { weight[tap] = Self.cubic(Float(start + tap) - center + 0.5) }
      starts.append(start)
      weights.append(weight / weight.sum())
    }
  }

  /// Keys (1981) with a = -1/2.
  private static func cubic(_ offset: Float) -> Float {
    let x = abs(offset)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
  }
}
