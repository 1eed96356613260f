import Kernels
import Tensors

// The derivative of batch norm in training, in two operations: sums over each channel, and the gradient of x from them. Both read
// x together with its moments, which are a cache as in `batchNorm`: the derivatives below go through the moments as functions of
// x, and `moments` gets none of its own. Write x̂ = (x − mean)/√(variance + ε), r = 1/√(variance + ε), m for the entries of a
// channel, and P for
//
//     P(g) = g − Σg/m − x̂ · Σ(g·x̂)/m
//
// which is symmetric: ⟨t, P(g)⟩ = ⟨P(t), g⟩. What comes to x̂ as ∂L/∂x̂ = u comes to x as r·P(u), and ∂r/∂x = −r²·x̂/m.

/// [2, C]: Σg and Σ(g·x̂) over each channel, from g, x and its moments.
struct BatchNormGradientSums: Primitive {
  let epsilon: Float
  /// g counts where the batch norm that it comes from, whose scale and shift are further inputs, is above 0: what `Simplifier` makes
  /// of the gradient of a rectified one, to go over memory once instead of twice.
  var rectified: RectifiedNorm?

  static let name = "batchNormGradientSums"

  func of(_ gradient: Node, x: Node, moments: Node) -> Node { x.graph.apply(self, [gradient, x, moments]) }

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0] == inputs[1] && inputs[2] == [2, inputs[0].channels], "batchNormGradientSums: shapes differ")
    return inputs[2]
  }

  func flops(inputs: [Shape]) -> Int { 5 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0, 1], to: rows) }

  /// For t = ∂L/∂sums: g gets t₀ + t₁·x̂, and x̂ gets t₁·g.
  func pullback(inputs: [Node], output: Node, gradient t: Node) -> [Node?] {
    precondition(rectified == nil, "batchNormGradientSums: a fused operation is differentiated")
    let (g, x, moments) = (inputs[0], inputs[1], inputs[2])
    let normalized = x.batchNorm(moments: moments, scale: t.row(1), shift: t.row(0), epsilon: epsilon)
    let toX = t.row(1).broadcastChannels(to: x.shape) * g
    return [normalized, BatchNormInputGradient.through(toX, x: x, moments: moments, epsilon: epsilon), nil]
  }

  func scratchCount(inputs: [Shape]) -> Int { ChannelSums.scratchCount(channels: inputs[0].channels, threads: ThreadPool.shared.threadCount) }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.inputShapes[0])
    let (g, x, moments, sums) = (site.inputs[0], site.inputs[1], site.inputs[2], site.output)
    let (scratch, pool) = (site.scratch, site.poolOfScratch)
    let affine = rectified?.affine(site.inputs.dropFirst(3))
    return { _ in
      ChannelSums.gradientSums(
        gradient: g, x: x, moments: moments, epsilon: epsilon, rectified: affine, layout, into: sums, scratch: scratch, pool: pool)
    }
  }

  /// As another operation takes them. nil of one that is not rectified.
  ///
  /// - Parameter inputs: x, its moments, then the scale and the shift, where there are.
  func sums(_ inputs: ArraySlice<UnsafePointer<Float>>, into results: [UnsafeMutablePointer<Float>]) -> BatchNorm.GradientSums? {
    guard let rectified, let result = results.first, let x = inputs.first, let moments = inputs.dropFirst().first else { return nil }
    return BatchNorm.GradientSums(x: x, moments: moments, rectified: rectified.affine(inputs.dropFirst(2)), epsilon: epsilon, into: result)
  }
}

/// scale·r·P(g), batch norm's ∂L/∂x, from g, x, its moments, the sums of g and, where there is one, the scale. `sums` is a cache
/// like `moments`: a function of g and x, through which the derivative goes without a gradient of its own.
struct BatchNormInputGradient: Primitive {
  let epsilon: Float
  let hasScale: Bool
  /// As in `BatchNormGradientSums`; the shift is a further input, the scale is there already.
  var rectified: RectifiedNorm?

  static let name = "batchNormInputGradient"

  func of(_ gradient: Node, x: Node, moments: Node, sums: Node, scale: Node?) -> Node {
    x.graph.apply(self, [gradient, x, moments, sums] + [scale].compactMap { $0 })
  }

  /// r·P(u): what comes to x from u = ∂L/∂x̂.
  static func through(_ u: Node, x: Node, moments: Node, epsilon: Float) -> Node {
    let sums = BatchNormGradientSums(epsilon: epsilon).of(u, x: x, moments: moments)
    return BatchNormInputGradient(epsilon: epsilon, hasScale: false).of(u, x: x, moments: moments, sums: sums, scale: nil)
  }

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0] == inputs[1] && inputs[2] == inputs[3], "batchNormInputGradient: shapes differ")
    return inputs[1]
  }

  func flops(inputs: [Shape]) -> Int { 4 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0, 1], to: rows) }

  /// For t = ∂L/∂output, L depends on scale·r·⟨t, P(g)⟩:
  /// g gets scale·r·P(t); scale gets ⟨t, r·P(g)⟩; r gets scale·⟨t, P(g)⟩; x̂ gets −scale·r·(t·Σ(g·x̂)/m + g·Σ(t·x̂)/m).
  func pullback(inputs: [Node], output: Node, gradient t: Node) -> [Node?] {
    precondition(rectified == nil, "batchNormInputGradient: a fused operation is differentiated")
    let (g, x, moments, sums) = (inputs[0], inputs[1], inputs[2], inputs[3])
    let scale = hasScale ? inputs[4] : nil
    let count = Double(ChannelLayout(x.shape).rows)
    let spread = { (channels: Node) in channels.broadcastChannels(to: x.shape) }

    let sumsOfT = BatchNormGradientSums(epsilon: epsilon).of(t, x: x, moments: moments)
    let toG = of(t, x: x, moments: moments, sums: sumsOfT, scale: scale)
    let unscaled = BatchNormInputGradient(epsilon: epsilon, hasScale: false)
      .of(g, x: x, moments: moments, sums: sums, scale: nil)
    let overlap = (t * unscaled).channelSums()

    let r = 1 / (moments.row(1) + Double(epsilon)).sqrt()
    let factor = (scale.map { $0 * r } ?? r) / -count
    let toNormalized = spread(factor * sums.row(1)) * t + spread(factor * sumsOfT.row(1)) * g
    let normalized = x.batchNorm(moments: moments, epsilon: epsilon)
    // overlap = r·⟨t, P(g)⟩, so that scale·⟨t, P(g)⟩ · (−r²/m) = overlap · scale·r · (−1/m).
    let toX = Self.through(toNormalized, x: x, moments: moments, epsilon: epsilon) + spread(overlap * factor) * normalized
    return [toG, toX, nil, nil] + (hasScale ? [overlap] : [])
  }

  func scratchCount(inputs: [Shape]) -> Int { BatchNorm.scratchCount(channels: inputs[0].channels) }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.outputShape)
    let (g, result, scratch, pool) = (site.inputs[0], site.output, site.scratch, site.pool)
    let gradient = gradient(site.inputs.dropFirst())
    return { _ in gradient.run(g, layout, into: result, scratch: scratch, pool: pool) }
  }

  /// - Parameter inputs: x, its moments, the sums, then the scale and, with `rectified`, the shift, where there are.
  func gradient(_ inputs: ArraySlice<UnsafePointer<Float>>) -> BatchNorm.InputGradient {
    let inputs = Array(inputs)
    return BatchNorm.InputGradient(
      x: inputs[0], moments: inputs[1], sums: inputs[2], scale: hasScale ? inputs[3] : nil, epsilon: epsilon,
      rectified: rectified?.affine(inputs.dropFirst(3)))
  }
}
