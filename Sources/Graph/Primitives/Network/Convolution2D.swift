import Kernels
import Tensors

extension Node {
  /// self [N, H, W, C] convolved with square kernels `weight` [O, C, k, k], without bias → [N, H′, W′, O],
  /// H′ = ⌊(H + 2·padding − k) / stride⌋ + 1; as `torch.nn.functional.conv2d`, but for the place of the channels.
  ///
  /// - Parameter method: how the sums are made, where it suits; in the derivatives too.
  public func convolution2D(weight: Node, stride: Int = 1, padding: Int = 0, method: Convolution.Method = .winograd) -> Node {
    graph.apply(Convolution2D(stride: stride, padding: padding, method: method), [self, weight])
  }
}

// y = x ∗ w is linear in x and in w, so it has three forms, each the derivative of the others:
//
//     forward(x, w) = y        inputGradient(g, w) = ∂⟨g, x ∗ w⟩/∂x        weightGradient(g, x) = ∂⟨g, x ∗ w⟩/∂w
//
// With ⟨g, x ∗ w⟩ symmetric in what is kept fixed, the pullback of each form is the two others, and they close under
// differentiation.

/// y = x ∗ w.
struct Convolution2D: Primitive {
  let stride: Int
  let padding: Int
  let method: Convolution.Method
  /// x is what this norm makes of the first input, whose moments, scale and shift are further inputs: what `Simplifier` makes of the
  /// convolution of a rectified batch norm, so that the norm's result is not written.
  var norm: RectifiedNorm?
  /// Whether y's moments, `ChannelMoments`, are written beside it.
  var takesMoments = false
  /// Whether x is [N, C, H, W]: what `Simplifier` makes of the convolution of images whose channels were put last for it.
  var readsPlanes = false

  static let name = "convolution2D"

  func shape(of inputs: [Shape]) -> Shape {
    let geometry = geometry(input: inputs[0], weight: inputs[1])
    return [geometry.images, geometry.outputHeight, geometry.outputWidth, geometry.outputChannels]
  }

  func sideShapes(of inputs: [Shape]) -> [Shape] { takesMoments ? [[2, inputs[1][0]]] : [] }

  /// 2·C·k² for each number of y: a multiplication and an addition for each weight that meets it (padding counted as if it were image,
  /// a norm on the way not at all).
  func flops(inputs: [Shape]) -> Int {
    let y = shape(of: inputs)
    return 2 * y.count * Shape(Array(inputs[1].extents.dropFirst())).count + (takesMoments ? ChannelMoments().flops(inputs: [y]) : 0)
  }

  func sample(of inputs: [Shape], rows: Int) -> [Shape]? {
    inputs.shortening([0], to: Self.sampleImages(rows, ofPixels: shape(of: inputs)[1] * shape(of: inputs)[2]))
  }

  /// So many that each thread has columns enough for a product at full speed.
  static func sampleImages(_ rows: Int, ofPixels pixels: Int) -> Int {
    max(rows, ThreadPool.shared.threadCount * ((63 + pixels) / max(1, pixels)))
  }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    precondition(norm == nil && !takesMoments && !readsPlanes, "convolution2D: a fused operation is differentiated")
    let (x, w) = (inputs[0], inputs[1])
    // In this order, so that what is made of the input's gradient finds it in the caches.
    let weights = weightGradient(gradient, input: x, of: w.shape)
    return [inputGradient(gradient, weight: w, of: x.shape), weights]
  }

  func scratchCount(inputs: [Shape]) -> Int {
    convolution(input: inputs[0], weight: inputs[1]).forwardScratch(threads: ThreadPool.shared.threadCount)
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let convolution = convolution(input: site.inputShapes[0], weight: site.inputShapes[1])
    let (x, w, y, scratch, pool) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.poolOfScratch)
    let norm = norm?.kernel(site.inputs.dropFirst(2))
    let moments = site.sideOutputs.first
    precondition((norm == nil || convolution.canNormalize) && (moments == nil || convolution.canTakeMoments), "convolution2D: cannot be joined")
    return { _ in convolution.forward(input: x, weight: w, output: y, norm: norm, moments: moments, scratch: scratch, pool: pool) }
  }

  func convolution(input: Shape, weight: Shape) -> Convolution {
    Convolution(geometry(input: input, weight: weight), method: method, readsPlanes: readsPlanes)
  }

  private func geometry(input x: Shape, weight: Shape) -> ConvolutionGeometry {
    let channelsLast: Shape = readsPlanes && x.rank == 4 ? [x[0], x[2], x[3], x[1]] : x
    return ConvolutionGeometry(input: channelsLast, weight: weight, stride: stride, padding: padding)
  }

  func inputGradient(_ gradient: Node, weight: Node, of shape: Shape) -> Node {
    gradient.graph.apply(Convolution2DInputGradient(convolution: self, height: shape[1], width: shape[2]), [gradient, weight])
  }

  func weightGradient(_ gradient: Node, input: Node, of shape: Shape) -> Node {
    gradient.graph.apply(Convolution2DWeightGradient(convolution: self, side: shape[2]), [gradient, input])
  }

  func forward(_ input: Node, weight: Node) -> Node { input.graph.apply(self, [input, weight]) }
}

/// ∂⟨g, x ∗ w⟩/∂x from g and w; the transposed convolution. The extents of x are kept, as a stride leaves them open.
struct Convolution2DInputGradient: Primitive {
  let convolution: Convolution2D
  let height: Int
  let width: Int
  /// The sums over the result that are written beside it, for the rectified batch norm that x came through. Their inputs but for the
  /// gradient are further ones.
  var sums: BatchNormGradientSums?

  static let name = "convolution2DInputGradient"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0][0], height, width, inputs[1][1]] }

  func sideShapes(of inputs: [Shape]) -> [Shape] { sums == nil ? [] : [inputs[3]] }

  /// As many as forward: the same products, added up elsewhere.
  func flops(inputs: [Shape]) -> Int {
    let x = shape(of: inputs)
    return convolution.flops(inputs: [x, inputs[1]]) + (sums?.flops(inputs: [x]) ?? 0)
  }

  func sample(of inputs: [Shape], rows: Int) -> [Shape]? {
    inputs.shortening(sums == nil ? [0] : [0, 2], to: Convolution2D.sampleImages(rows, ofPixels: inputs[0][1] * inputs[0][2]))
  }

  /// For t = ∂L/∂output, L depends on ⟨g, t ∗ w⟩: t takes the place of x.
  func pullback(inputs: [Node], output: Node, gradient t: Node) -> [Node?] {
    precondition(sums == nil, "convolution2DInputGradient: a fused operation is differentiated")
    let (g, w) = (inputs[0], inputs[1])
    return [convolution.forward(t, weight: w), convolution.weightGradient(g, input: t, of: w.shape)]
  }

  func scratchCount(inputs: [Shape]) -> Int {
    kernelConvolution(inputs).inputGradientScratch(threads: ThreadPool.shared.threadCount)
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let convolution = kernelConvolution(site.inputShapes)
    let (g, w, result, scratch, pool) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.poolOfScratch)
    let sums = sums?.sums(site.inputs.dropFirst(2), into: site.sideOutputs)
    precondition(sums == nil || convolution.canTakeGradientSums, "convolution2DInputGradient: cannot be joined")
    return { _ in convolution.inputGradient(gradient: g, weight: w, into: result, sums: sums, scratch: scratch, pool: pool) }
  }

  func kernelConvolution(_ inputs: [Shape]) -> Convolution {
    convolution.convolution(input: shape(of: inputs), weight: inputs[1])
  }
}

/// ∂⟨g, x ∗ w⟩/∂w from g and x.
struct Convolution2DWeightGradient: Primitive {
  let convolution: Convolution2D
  let side: Int
  /// As in `Convolution2D`, of x.
  var norm: RectifiedNorm?
  /// g is what this makes of the first input; its other inputs are further ones. Not together with `norm`.
  var gradientNorm: BatchNormInputGradient?

  static let name = "convolution2DWeightGradient"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0][3], inputs[1][convolution.readsPlanes ? 1 : 3], side, side] }

  /// As many as forward: the same products, added up elsewhere.
  func flops(inputs: [Shape]) -> Int {
    convolution.flops(inputs: [inputs[1], shape(of: inputs)]) + (gradientNorm?.flops(inputs: [inputs[0]]) ?? 0)
  }

  func sample(of inputs: [Shape], rows: Int) -> [Shape]? {
    inputs.shortening(gradientNorm == nil ? [0, 1] : [0, 1, 2], to: Convolution2D.sampleImages(rows, ofPixels: inputs[0][1] * inputs[0][2]))
  }

  /// For t = ∂L/∂output, L depends on ⟨g, x ∗ t⟩: t takes the place of w.
  func pullback(inputs: [Node], output: Node, gradient t: Node) -> [Node?] {
    precondition(norm == nil && gradientNorm == nil && !convolution.readsPlanes, "convolution2DWeightGradient: a fused operation is differentiated")
    let (g, x) = (inputs[0], inputs[1])
    return [convolution.forward(x, weight: t), convolution.inputGradient(g, weight: t, of: x.shape)]
  }

  func scratchCount(inputs: [Shape]) -> Int {
    kernelConvolution(inputs).weightGradientScratch(threads: ThreadPool.shared.threadCount, makesGradient: gradientNorm != nil)
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let convolution = kernelConvolution(site.inputShapes)
    let (g, x, result, scratch, pool) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.poolOfScratch)
    let norm = norm?.kernel(site.inputs.dropFirst(2))
    let gradientNorm = gradientNorm?.gradient(site.inputs.dropFirst(2))
    precondition(
      (norm == nil || convolution.canNormalize) && (gradientNorm == nil || convolution.canMakeGradient),
      "convolution2DWeightGradient: cannot be joined")
    return { _ in
      convolution.weightGradient(
        gradient: g, input: x, into: result, norm: norm, gradientNorm: gradientNorm, scratch: scratch, pool: pool)
    }
  }

  func kernelConvolution(_ inputs: [Shape]) -> Convolution {
    convolution.convolution(input: inputs[1], weight: shape(of: inputs))
  }
}

extension ConvolutionGeometry {
  /// Of x [N, H, W, C] and w [O, C, k, k].
  fileprivate init(input: Shape, weight: Shape, stride: Int, padding: Int) {
    precondition(
      input.rank == 4 && weight.rank == 4 && input[3] == weight[1] && weight[2] == weight[3],
      "convolution2D: \(input) does not meet \(weight)")
    precondition(
      stride >= 1 && padding >= 0 && min(input[1], input[2]) + 2 * padding >= weight[2],
      "convolution2D: \(weight) with padding \(padding) is larger than \(input)")
    self.init(
      images: input[0], inputChannels: input[3], height: input[1], width: input[2], outputChannels: weight[0], side: weight[2],
      stride: stride, padding: padding)
  }
}
