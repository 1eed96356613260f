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
    ChannelAffine(x: x, g: nil, constants: scratch, layout: layout, rectifies: rectifies).run(into: y, on: pool)
  }

  /// The gradient of a batch norm's input from that of its result, through the moments as functions of x:
  ///
  ///     ∂L/∂x = scale/√(variance + ε) · (g − Σg/m − x̂·Σ(g·x̂)/m),   m = rows
  ///
  /// `moments` and `sums` are [2, C], the sums Σg and Σg·x̂ (`ChannelSums.gradientSums`). With `rectified`, g counts where that batch norm
  /// was above 0.
  public struct InputGradient {
    let x: UnsafePointer<Float>
    let moments: UnsafePointer<Float>
    let sums: UnsafePointer<Float>
    let scale: UnsafePointer<Float>?
    let epsilon: Float
    let rectified: Affine?

    public init(
      x: UnsafePointer<Float>, moments: UnsafePointer<Float>, sums: UnsafePointer<Float>, scale: UnsafePointer<Float>?, epsilon: Float,
      rectified: Affine? = nil
    ) {
      (self.x, self.moments, self.sums, self.scale, self.epsilon, self.rectified) = (x, moments, sums, scale, epsilon, rectified)
    }

    /// `result` may be `gradient`. `scratch` holds `scratchCount(channels:)` floats.
    public func run(
      _ gradient: UnsafePointer<Float>, _ layout: ChannelLayout, into result: UnsafeMutablePointer<Float>,
      scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
      pass(gradient, layout, constants: scratch).run(into: result, on: pool)
    }

    /// The pass over `gradient`, to be run. `constants` holds `scratchCount(channels:)` floats, and is filled.
    func pass(_ gradient: UnsafePointer<Float>, _ layout: ChannelLayout, constants: UnsafeMutablePointer<Float>) -> ChannelAffine {
      let channels = layout.channels
      let count = Float(layout.rows)
      for channel in 0..<channels {
        let inverse = 1 / (moments[channels + channel] + epsilon).squareRoot()
        let factor = (scale?[channel] ?? 1) * inverse
        constants[channel] = moments[channel]
        constants[channels + channel] = -factor * inverse * sums[channels + channel] / count
        constants[2 * channels + channel] = -factor * sums[channel] / count
        constants[3 * channels + channel] = factor
      }
      let gate = constants + 4 * channels
      rectified?.constants(moments: moments, epsilon: epsilon, channels: channels, into: gate)
      return ChannelAffine(x: x, g: gradient, constants: constants, layout: layout, gate: rectified == nil ? nil : UnsafePointer(gate))
    }
  }

  /// What `InputGradient` needs to know of the gradient g of a rectified batch norm's result, that another operation adds up while it makes
  /// g: `result` [2, C] ← Σg and Σg·x̂, g where the norm was above 0.
  public struct GradientSums {
    let x: UnsafePointer<Float>
    let moments: UnsafePointer<Float>
    let rectified: Affine
    let epsilon: Float
    let result: UnsafeMutablePointer<Float>

    public init(
      x: UnsafePointer<Float>, moments: UnsafePointer<Float>, rectified: Affine, epsilon: Float, into result: UnsafeMutablePointer<Float>
    ) {
      (self.x, self.moments, self.rectified, self.epsilon, self.result) = (x, moments, rectified, epsilon, result)
    }

    /// `constants` holds 3·C floats.
    func tally(_ totals: ChannelTotals, constants: UnsafeMutablePointer<Float>) -> GradientTally {
      rectified.constants(moments: moments, epsilon: epsilon, channels: totals.channels, into: constants)
      return GradientTally(totals, x: x, constants: constants)
    }

    func finish(_ tally: GradientTally, parts: Int) {
      tally.finish(parts: parts, moments: moments, epsilon: epsilon, into: result)
    }
  }
}
