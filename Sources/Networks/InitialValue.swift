import Kernels
import Tensors

/// How a parameter or a running statistic starts. PyTorch's defaults, in distribution.
enum InitialValue {
  case constant(Float)
  /// Uniform in ±1/√fanIn: what `kaiming_uniform_(a=√5)` comes to for weights, and PyTorch's rule for the biases beside them.
  case uniform(fanIn: Int)

  func fill(_ buffer: Buffer, from stream: RandomStream) {
    switch self {
    case .constant(let value): buffer.floats.update(repeating: value)
    case .uniform(let fanIn):
      let bound = 1 / Float(fanIn).squareRoot()
      var reader = RandomStream.Reader(stream)
      for index in 0..<buffer.count { buffer.floats[index] = reader.uniform(-bound, bound) }
    }
  }
}
