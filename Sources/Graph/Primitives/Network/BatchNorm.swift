import Kernels
import Tensors

extension Node {
  /// Batch normalisation in training (Ioffe & Szegedy, 2015), as `torch.nn.functional.batch_norm(training=True)`:
  ///
  ///     y = scale · x̂ + shift,    x̂ = (x − mean) / √(variance + ε),    by channel of self, [N, C] or [N, H, W, C]
  ///
  /// - Parameters:
  ///   - moments: `self.channelMoments()`, [2, C], and nothing else. It is a cache: the derivative goes through the moments as
  ///     the functions of x that they are, inside this operation, so `moments` as an input gets no gradient of its own. It is an
  ///     input only so that running statistics can be made of the same node.
  ///   - scale, shift: [C]; nil is 1 and 0 without the work.
  public func batchNorm(moments: Node, scale: Node? = nil, shift: Node? = nil, epsilon: Float = 1e-5) -> Node {
    let primitive = BatchNormalization(epsilon: epsilon, hasScale: scale != nil, hasShift: shift != nil)
    return graph.apply(primitive, [self, moments] + [scale, shift].compactMap { $0 })
  }
}

/// y = scale·x̂ + shift from x, moments and, where there are, scale and shift.
struct BatchNormalization: Primitive {
  let epsilon: Float
  let hasScale: Bool
  let hasShift: Bool
  /// y = max(scale·x̂ + shift, 0): what `Simplifier` makes of a rectified one, to go over memory once instead of twice.
  var rectifies = false

  static let name = "batchNorm"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[1] == [2, inputs[0].channels], "batchNorm: moments \(inputs[1]) are not of \(inputs[0])")
    precondition(inputs.dropFirst(2).allSatisfy { $0 == [inputs[0].channels] }, "batchNorm: scale or shift is not a number a channel")
    return inputs[0]
  }

  func flops(inputs: [Shape]) -> Int { 2 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  /// The sums of `BatchNormGradientSums` are the gradients of shift and scale.
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let (x, moments) = (inputs[0], inputs[1])
    let gradient = rectifies ? gradient.gated(by: output) : gradient
    let sums = BatchNormGradientSums(epsilon: epsilon).of(gradient, x: x, moments: moments)
    let scale = hasScale ? inputs[2] : nil
    let input = BatchNormInputGradient(epsilon: epsilon, hasScale: hasScale)
      .of(gradient, x: x, moments: moments, sums: sums, scale: scale)
    return [input, nil] + (hasScale ? [sums.row(1)] : []) + (hasShift ? [sums.row(0)] : [])
  }

  func scratchCount(inputs: [Shape]) -> Int { BatchNorm.scratchCount(channels: inputs[0].channels) }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.outputShape)
    let (x, moments, y, scratch, pool) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.pool)
    let affine = BatchNorm.Affine(scale: hasScale ? site.inputs[2] : nil, shift: hasShift ? site.inputs.last : nil)
    return { _ in
      BatchNorm.forward(
        x: x, mean: moments, variance: moments + layout.channels, affine, epsilon: epsilon, rectifies: rectifies, layout, into: y,
        scratch: scratch, pool: pool)
    }
  }
}
