import Kernels
import Tensors

extension Node {
  /// Batch normalisation by given statistics, as `torch.nn.functional.batch_norm(training=False)`: y = scale·(x −
  /// mean)/√(variance + ε) + shift by channel of self, [N, C] or [N, H, W, C]. `mean`, `variance`, `scale` and `shift` are [C];
  /// all of them get their gradients.
  public func batchNormEvaluation(
    mean: Node, variance: Node, scale: Node? = nil, shift: Node? = nil, epsilon: Float = 1e-5
  ) -> Node {
    let primitive = BatchNormEvaluation(epsilon: epsilon, hasScale: scale != nil, hasShift: shift != nil)
    return graph.apply(primitive, [self, mean, variance] + [scale, shift].compactMap { $0 })
  }
}

/// y = scale·r·(x − mean) + shift, r = 1/√(variance + ε).
struct BatchNormEvaluation: Primitive {
  let epsilon: Float
  let hasScale: Bool
  let hasShift: Bool
  /// y = max(…, 0), as in `BatchNormalization`.
  var rectifies = false

  static let name = "batchNormEvaluation"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      [2, 4].contains(inputs[0].rank) && inputs.dropFirst().allSatisfy { $0 == [inputs[0].channels] },
      "batchNormEvaluation: statistics are not a number a channel of \(inputs[0])")
    return inputs[0]
  }

  func flops(inputs: [Shape]) -> Int { 2 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  /// With S = Σg and T = Σg·(x − mean) by channel: x gets scale·r·g, mean −scale·r·S, variance −½·scale·r³·T, scale r·T, shift S.
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let g = rectifies ? gradient.gated(by: output) : gradient
    let (x, mean, variance) = (inputs[0], inputs[1], inputs[2])
    let r = 1 / (variance + Double(epsilon)).sqrt()
    let factor = hasScale ? inputs[3] * r : r
    let sum = g.channelSums()
    let product = (g * (x - mean.broadcastChannels(to: x.shape))).channelSums()
    let ofStatistics: [Node?] = [-(factor * sum), factor * r * r * product * -0.5]
    return [g * factor.broadcastChannels(to: x.shape)] + ofStatistics + (hasScale ? [r * product] : []) + (hasShift ? [sum] : [])
  }

  func scratchCount(inputs: [Shape]) -> Int { BatchNorm.scratchCount(channels: inputs[0].channels) }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.outputShape)
    let (x, mean, variance, y) = (site.inputs[0], site.inputs[1], site.inputs[2], site.output)
    let affine = BatchNorm.Affine(scale: hasScale ? site.inputs[3] : nil, shift: hasShift ? site.inputs.last : nil)
    let (scratch, pool) = (site.scratch, site.pool)
    return { _ in
      BatchNorm.forward(
        x: x, mean: mean, variance: variance, affine, epsilon: epsilon, rectifies: rectifies, layout, into: y, scratch: scratch,
        pool: pool)
    }
  }
}
