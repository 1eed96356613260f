/// Batch normalisation (Ioffe & Szegedy, 2015), given the moments: one pass over memory forward, one back.
///
/// Arrays are [N, C, P]; `moments` is [2, C], mean and biased variance. `scale` and `shift` are [C]; nil means 1 and 0. `scratch`
/// holds `scratchCount(channels)` floats. The images are shared out to the threads. Nothing is allocated.
public enum BatchNorm {
  public static func scratchCount(channels: Int) -> Int { 4 * channels }

  /// y = (x − mean) · scale / √(variance + ε) + shift, and `rectifies`: the larger of that and 0. `y` may be `x`.
  ///
  /// The mean is taken off first, not folded into the shift: x·a + b would cancel badly where the mean is many deviations.
  public static func forward(
    x: UnsafePointer<Float>, mean: UnsafePointer<Float>, variance: UnsafePointer<Float>, scale: UnsafePointer<Float>?,
    shift: UnsafePointer<Float>?, epsilon: Float, rectifies: Bool = false, _ layout: ChannelLayout, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let channels = layout.channels
    for channel in 0..<channels {
      scratch[channel] = mean[channel]
      scratch[channels + channel] = (scale?[channel] ?? 1) / (variance[channel] + epsilon).squareRoot()
      scratch[2 * channels + channel] = shift?[channel] ?? 0
    }
    ChannelAffine(x: x, g: nil, y: y, constants: scratch, layout: layout, rectifies: rectifies).run(on: pool)
  }

  /// ∂L/∂x = scale/√(variance + ε) · (g − Σg/m − x̂·Σ(g·x̂)/m), m = N·P, through the moments as functions of x. `sums` [2, C] are
  /// Σg and Σg·x̂ (`ChannelSums.gradientSums`). `result` may be `gradient`.
  public static func inputGradient(
    gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, moments: UnsafePointer<Float>, sums: UnsafePointer<Float>,
    scale: UnsafePointer<Float>?, epsilon: Float, _ layout: ChannelLayout, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let channels = layout.channels
    let count = Float(layout.countPerChannel)
    for channel in 0..<channels {
      let inverse = 1 / (moments[channels + channel] + epsilon).squareRoot()
      let factor = (scale?[channel] ?? 1) * inverse
      scratch[channel] = moments[channel]
      scratch[channels + channel] = -factor * inverse * sums[channels + channel] / count
      scratch[2 * channels + channel] = -factor * sums[channel] / count
      scratch[3 * channels + channel] = factor
    }
    ChannelAffine(x: x, g: gradient, y: result, constants: scratch, layout: layout).run(on: pool)
  }
}
