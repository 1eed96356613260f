import Checkpoints
import Networks

extension Architecture {
  /// What a checkpoint's tensors are of, in words that tell two architectures apart.
  var facts: [LiveState.Fact] {
    [
      .init("images", "\(channels)×\(height)×\(width)"), .init("classes", "\(classCount)"), .init("encoder", encoder.text),
      .init("projector", projector.text), .init("predictor", predictor?.text ?? "none")
    ] + modules.map { .init("module \($0.name)", $0.head.text) }
  }

  /// The networks in a line: `convnet width=16, projector fc 256 + bn, predictor none`.
  public var summary: String {
    ([encoder.text, "projector \(projector.text)", "predictor \(predictor?.text ?? "none")"] + modules.map { "\($0.name) \($0.head.text)" })
      .joined(separator: ", ")
  }
}

extension Encoder {
  /// As typed: `convnet width=16`, `resnet18 width=64 winograd=false`.
  fileprivate var text: String {
    switch self {
    case .convnet(let width, let winograd): "convnet width=\(width)" + (winograd ? "" : " winograd=false")
    case .resnet18(let width, let winograd): "resnet18 width=\(width)" + (winograd ? "" : " winograd=false")
    case .mlp(let widths): "mlp \(widths.map(String.init).joined(separator: " "))"
    }
  }
}

extension Head {
  /// As typed, with the widths as numbers: `fc 64 + bn + relu`. An fc without a bias of its own says so.
  fileprivate var text: String {
    layers.map { layer in
      switch layer {
      case .linear(let width, let hasBias): "fc \(width)" + (hasBias ? "" : " (no bias)")
      case .tanhLinear(let width): "tanh(fc \(width))"
      case .batchNorm(let isAffine): isAffine ? "bn" : "bn(affine=false)"
      case .relu: "relu"
      case .l2: "l2"
      case .bias: "bias"
      case .identity: "identity"
      }
    }.joined(separator: " + ")
  }
}
