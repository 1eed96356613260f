import Graph
import Kernels
import Tensors

/// A layer with its variables: what a module is made of once its widths are known.
enum Component {
  /// [N, C, H, W] → [N, H, W, C], as convolutions take images.
  case channelsLast
  /// 3×3 with padding 1, or 1×1 without; no bias, as batch norm follows.
  case convolution(weight: Variable, stride: Int, method: Convolution.Method)
  case linear(weight: Variable, bias: Variable?)
  case batchNorm(BatchNorm)
  case bias(Variable)
  case relu
  case l2
  case flatten
  case globalAveragePool
  /// relu(main(x) + shortcut(x)); an empty shortcut is the identity.
  case residual(main: [Component], shortcut: [Component])
}

/// Batch norm's variables, one entry a channel.
struct BatchNorm {
  /// Added to the variance, as in PyTorch.
  static let epsilon: Float = 1e-5

  let scale: Variable?
  let shift: Variable?
  let runningMean: Variable
  let runningVariance: Variable
}
