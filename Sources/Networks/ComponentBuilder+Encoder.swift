extension ComponentBuilder {
  /// The components of `encoder` on images of channels × height × width, and the width of its features.
  mutating func components(
    of encoder: Encoder, channels: Int, height: Int, width: Int
  ) throws(NetworkError) -> (components: [Component], outputWidth: Int) {
    guard min(height, width) >= encoder.minimumSide else {
      throw .imageTooSmall(height: height, width: width, minimum: encoder.minimumSide)
    }
    let channels = try Self.checked(channels)
    switch encoder {
    case .convnet(let width, _): return try convnet(channels: channels, width: width)
    case .resnet18(let width, _): return try resnet18(channels: channels, width: width)
    case .mlp(let widths): return try mlp(inputWidth: Self.product(channels, height, width), widths: widths)
    }
  }

  private mutating func convnet(
    channels: Int, width: Int
  ) throws(NetworkError) -> (components: [Component], outputWidth: Int) {
    var components: [Component] = [.channelsLast]
    var from = channels
    for (index, stride) in [1, 2, 2, 2].enumerated() {
      let to = try Self.checked(width, times: 1 << index)
      components.append(try convolution("conv\(index + 1)", from: from, to: to, kernel: 3, stride: stride))
      components += [try batchNorm("bn\(index + 1)", channels: to), .relu]
      from = to
    }
    return (components + [.globalAveragePool], from)
  }

  private mutating func resnet18(
    channels: Int, width: Int
  ) throws(NetworkError) -> (components: [Component], outputWidth: Int) {
    var from = try Self.checked(width)
    var components: [Component] = [
      .channelsLast, try convolution("conv1", from: channels, to: from, kernel: 3, stride: 1), try batchNorm("bn1", channels: from), .relu
    ]
    for stage in 1...4 {
      let to = try Self.checked(width, times: 1 << (stage - 1))
      components.append(try basicBlock("layer\(stage)/0", from: from, to: to, stride: stage == 1 ? 1 : 2))
      components.append(try basicBlock("layer\(stage)/1", from: to, to: to, stride: 1))
      from = to
    }
    return (components + [.globalAveragePool], from)
  }

  /// He et al. 2016: two 3×3 convolutions with batch norm around a shortcut, which is a 1×1 convolution where the shape changes.
  private mutating func basicBlock(_ name: String, from: Int, to: Int, stride: Int) throws(NetworkError) -> Component {
    let main = [
      try convolution("\(name)/conv1", from: from, to: to, kernel: 3, stride: stride),
      try batchNorm("\(name)/bn1", channels: to), .relu,
      try convolution("\(name)/conv2", from: to, to: to, kernel: 3, stride: 1),
      try batchNorm("\(name)/bn2", channels: to)
    ]
    guard stride != 1 || from != to else { return .residual(main: main, shortcut: []) }
    let shortcut = [
      try convolution("\(name)/downsample/conv", from: from, to: to, kernel: 1, stride: stride),
      try batchNorm("\(name)/downsample/bn", channels: to)
    ]
    return .residual(main: main, shortcut: shortcut)
  }

  private mutating func mlp(
    inputWidth: Int, widths: [Int]
  ) throws(NetworkError) -> (components: [Component], outputWidth: Int) {
    guard !widths.isEmpty else { throw .noWidths }
    let layers = widths.flatMap { [Layer.linear(width: $0, bias: true), .batchNorm(affine: true), .relu] }
    let head = try components(of: Head(layers), inputWidth: inputWidth)
    return ([.flatten] + head.components, head.outputWidth)
  }

  private static func checked(_ width: Int, times factor: Int) throws(NetworkError) -> Int {
    let width = try checked(width)
    return try checked(width * factor)
  }

  /// The pixels of an image, as the width of a row; `Int.max` stands for any that overflow.
  private static func product(_ channels: Int, _ height: Int, _ width: Int) -> Int {
    let (plane, planeOverflows) = height.multipliedReportingOverflow(by: width)
    let (pixels, overflows) = plane.multipliedReportingOverflow(by: channels)
    return planeOverflows || overflows ? .max : pixels
  }
}
