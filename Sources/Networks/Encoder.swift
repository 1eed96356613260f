/// A backbone: images [M, C, H, W] → features [M, F].
///
/// `winograd`: whether 3×3 convolutions are made by Winograd's algorithm where it suits, or all of them by direct sums,
/// which take longer and round less where single pixels are far larger than those around them.
public enum Encoder: Hashable, Sendable {
  /// Four 3×3 convolutions of w, 2w, 4w, 8w channels with strides 1, 2, 2, 2, each followed by batch norm and ReLU, then a global
  /// average: F = 8w. The `quick` profile's backbone.
  case convnet(width: Int, winograd: Bool = true)
  /// The image as one vector, then linear + batch norm + ReLU for each width: F is the last of them.
  case mlp([Int])
  /// ResNet-18 with the stem for small images (3×3, stride 1, no max-pool; He et al. 2016, as solo-learn uses it on CIFAR): F = 8w.
  case resnet18(width: Int, winograd: Bool = true)

  /// The smallest height and width of an image: every stride of 2 must still have two rows to halve.
  public var minimumSide: Int {
    switch self {
    case .convnet, .resnet18: 8
    case .mlp: 1
    }
  }
}

extension Encoder {
  /// F, the length of a feature vector.
  public var featureCount: Int {
    switch self {
    case .convnet(let width, _), .resnet18(let width, _): 8 * width
    case .mlp(let widths): widths.last ?? 0
    }
  }

  /// True for an encoder without convolutions.
  var usesWinograd: Bool {
    switch self {
    case .convnet(_, let winograd), .resnet18(_, let winograd): winograd
    case .mlp: true
    }
  }
}
