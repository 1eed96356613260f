extension ComponentBuilder {
  /// The components of `head` on rows of `inputWidth`, and the width of the rows that come out. Linear layers are called fc1, fc2, …,
  /// batch norms bn1, bn2, … and biases bias1, bias2, ….
  mutating func components(
    of head: Head, inputWidth: Int
  ) throws(NetworkError) -> (components: [Component], outputWidth: Int) {
    var components: [Component] = []
    var width = try Self.checked(inputWidth, maximum: Self.maximumInputWidth)
    var linears = 0
    var norms = 0
    var biases = 0
    for layer in head.layers {
      switch layer {
      case .linear(let to, let bias):
        linears += 1
        components.append(try linear("fc\(linears)", from: width, to: try Self.checked(to), bias: bias))
        width = to
      case .tanhLinear(let to):
        linears += 1
        components.append(try linear("fc\(linears)", from: width, to: try Self.checked(to), bias: false))
        width = to
      case .batchNorm(let affine):
        norms += 1
        components.append(try batchNorm("bn\(norms)", channels: width, affine: affine))
      case .bias:
        biases += 1
        components.append(try bias("bias\(biases)", width: width))
      case .relu: components.append(.relu)
      case .l2: components.append(.l2)
      case .identity: continue
      }
    }
    return (components, width)
  }
}
