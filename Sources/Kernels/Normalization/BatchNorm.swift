/// Batch normalisation (Ioffe & Szegedy, 2015), given the moments: one pass over memory forward, one back.
///
/// Arrays are [rows, C]; `moments` is [2, C], mean and biased variance. `scratch` holds `scratchCount(channels)` floats. The rows
/// are shared out to the threads. Nothing is allocated.
public enum BatchNorm {
  /// Floats of `scratch`.
  public static func scratchCount(channels: Int) -> Int { 7 * channels }

  /// What comes after the normalisation: `scale` and `shift` [C]; nil means 1 and 0.
  public struct Affine {
    let scale: UnsafePointer<Float>?
    let shift: UnsafePointer<Float>?

    public init(scale: UnsafePointer<Float>?, shift: UnsafePointer<Float>?) {
      self.scale = scale
      self.shift = shift
    }

    /// `constants` [3, C] ← center, slope, offset of the whole as slope·(x − center) + offset.
    func constants(moments: UnsafePointer<Float>, epsilon: Float, channels: Int, into constants: UnsafeMutablePointer<Float>) {
      self.constants(mean: moments, variance: moments + channels, epsilon: epsilon, channels: channels, into: constants)
    }

    func constants(
      mean: UnsafePointer<Float>, variance: UnsafePointer<Float>, epsilon: Float, channels: Int,
      into constants: UnsafeMutablePointer<Float>
    ) {
      for channel in 0..<channels {
        constants[channel] = mean[channel]
        constants[channels + channel] = (scale?[channel] ?? 1) / (variance[channel] + epsilon).squareRoot()
        constants[2 * channels + channel] = shift?[channel] ?? 0
      }
    }
  }

  /// A batch norm with a rectifier behind it, that another operation does on its way. `moments` [2, C].
  public struct Rectified {
    let moments: UnsafePointer<Float>
    let affine: Affine
    let epsilon: Float

    public init(moments: UnsafePointer<Float>, _ affine: Affine, epsilon: Float) {
      self.moments = moments
      self.affine = affine
      self.epsilon = epsilon
    }

    /// `constants` holds 3·C floats.
    func pixels(constants: UnsafeMutablePointer<Float>, channels: Int) -> NormalizedPixels {
      affine.constants(moments: moments, epsilon: epsilon, channels: channels, into: constants)
      return NormalizedPixels(constants: constants, channels: channels)
    }
  }

  /// y = (x − mean) · scale / √(variance + ε) + shift, and `rectifies`: the larger of that and 0. `y` may be `x`.
  ///
  /// The mean is taken off first, not folded into the shift: x·a + b would cancel badly where the mean is many deviations.
  public static func forward(
    x: UnsafePointer<Float>, mean: UnsafePointer<Float>, variance: UnsafePointer<Float>, _ affine: Affine, epsilon: Float,
    rectifies: Bool = false, _ layout: ChannelLayout, into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    affine.constants(mean: mean, variance: variance, epsilon: epsilon, channels: layout.channels, into: scratch)
    ChannelAffine(x: x, g: nil, y: y, constants: scratch, layout: layout, rectifies: rectifies).run(on: pool)
  }

  /// ∂L/∂x = scale/√(variance + ε) · (g − Σg/m − x̂·Σ(g·x̂)/m), m = rows, through the moments as functions of x. `sums` [2, C] are
  /// Σg and Σg·x̂ (`ChannelSums.gradientSums`). With `rectified`, g counts where that batch norm was above 0. `result` may be
  /// `gradient`.
  public static func inputGradient(
    gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, moments: UnsafePointer<Float>, sums: UnsafePointer<Float>,
    scale: UnsafePointer<Float>?, epsilon: Float, rectified: Affine? = nil, _ layout: ChannelLayout,
    into result: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let channels = layout.channels
    let count = Float(layout.rows)
    for channel in 0..<channels {
      let inverse = 1 / (moments[channels + channel] + epsilon).squareRoot()
      let factor = (scale?[channel] ?? 1) * inverse
      scratch[channel] = moments[channel]
      scratch[channels + channel] = -factor * inverse * sums[channels + channel] / count
      scratch[2 * channels + channel] = -factor * sums[channel] / count
      scratch[3 * channels + channel] = factor
    }
    rectified?.constants(moments: moments, epsilon: epsilon, channels: channels, into: scratch + 4 * channels)
    ChannelAffine(
      x: x, g: gradient, y: result, constants: scratch, layout: layout, gate: rectified == nil ? nil : UnsafePointer(scratch + 4 * channels)
    ).run(on: pool)
  }
}
