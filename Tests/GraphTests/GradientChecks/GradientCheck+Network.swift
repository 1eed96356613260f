import Graph
import Kernels
import Tensors

extension GradientCheck {
  static let network: [GradientCheck] = convolutions + wideConvolutions + normalizations + pooling

  private static let convolutions: [GradientCheck] = [
    GradientCheck("convolution2D", [.normal([2, 5, 4, 2]), .normal([3, 2, 3, 3])]) {
      $1[0].convolution2D(weight: $1[1], stride: 1, padding: 1)
    },
    GradientCheck("convolution2D", [.normal([2, 6, 5, 2]), .normal([3, 2, 3, 3])]) {
      $1[0].convolution2D(weight: $1[1], stride: 2, padding: 0)
    },
    // The image and the kernel made of one value: no form of the convolution may forget the other's share.
    GradientCheck("convolution2D", [.normal([3, 3, 3, 3])]) {
      $1[0].convolution2D(weight: $1[0].tanh(), stride: 1, padding: 1)
    },
    GradientCheck("convolution2DInputGradient", [.normal([2, 6, 5, 2]), .normal([3, 2, 3, 3]), .normal([2, 3, 3, 3])]) {
      derivative($0, of: $1[0].convolution2D(weight: $1[1], stride: 2, padding: 1), by: $1[0], along: $1[2])
    },
    GradientCheck("convolution2DWeightGradient", [.normal([2, 6, 5, 2]), .normal([3, 2, 3, 3]), .normal([2, 3, 3, 3])]) {
      derivative($0, of: $1[0].convolution2D(weight: $1[1], stride: 2, padding: 1), by: $1[1], along: $1[2])
    }
  ]

  /// Of 16 channels, which Winograd's algorithm takes. Linear in each input, so that a wide difference quotient is exact.
  private static let wideConvolutions: [GradientCheck] = [Convolution.Method.winograd, .direct].flatMap { method in
    let (x, w): (Domain, Domain) = (.normal([2, 4, 6, 16]), .normal([32, 16, 3, 3]))
    return [
      GradientCheck("convolution2D", [x, w], tolerance: 2e-5, step: 0.5) {
        $1[0].convolution2D(weight: $1[1], padding: 1, method: method)
      },
      GradientCheck("convolution2DInputGradient", [x, w, .normal([2, 4, 6, 32])], tolerance: 2e-5, step: 0.5) {
        derivative($0, of: $1[0].convolution2D(weight: $1[1], padding: 1, method: method), by: $1[0], along: $1[2])
      },
      GradientCheck("convolution2DWeightGradient", [x, w, .normal([2, 4, 6, 32])], tolerance: 2e-5, step: 0.5) {
        derivative($0, of: $1[0].convolution2D(weight: $1[1], padding: 1, method: method), by: $1[1], along: $1[2])
      }
    ]
  }

  private static let normalizations: [GradientCheck] = [[6, 3], [3, 2, 3, 2]].flatMap(normalizations(of:))

  private static func normalizations(of x: Shape) -> [GradientCheck] {
    let channels: Shape = [x[x.rank - 1]]
    return [
      GradientCheck("channelMoments", [.normal(x)]) { $1[0].channelMoments() },
      GradientCheck("batchNorm", [.normal(x)]) { normalized($1[0]) },
      GradientCheck("batchNorm", [.normal(x), .normal(channels)]) { normalized($1[0], scale: $1[1]) },
      GradientCheck("batchNorm", [.normal(x), .normal(channels)]) { normalized($1[0], shift: $1[1]) },
      GradientCheck("batchNorm", [.normal(x), .normal(channels), .normal(channels)]) {
        normalized($1[0], scale: $1[1], shift: $1[2])
      },
      // The moments used beside the normalised value: their share comes on top.
      GradientCheck("batchNorm", [.normal(x)]) { normalized($1[0]) * $1[0].channelMoments().row(1).broadcastChannels(to: x) },
      GradientCheck("batchNormGradientSums", [.normal(x), .normal(channels), .normal(x)]) {
        derivative($0, of: normalized($1[0], scale: $1[1]), by: $1[1], along: $1[2])
      },
      GradientCheck("batchNormInputGradient", [.normal(x), .normal(x)]) {
        derivative($0, of: normalized($1[0]), by: $1[0], along: $1[1])
      },
      GradientCheck("batchNormInputGradient", [.normal(x), .normal(channels), .normal(x)]) {
        derivative($0, of: normalized($1[0], scale: $1[1]), by: $1[0], along: $1[2])
      },
      // The gradient that comes in depends on x too.
      GradientCheck("batchNormInputGradient", [.normal(x), .normal(channels)]) {
        derivative($0, of: normalized($1[0], scale: $1[1]), by: $1[0], along: $1[0].tanh())
      },
      GradientCheck("batchNormEvaluation", [.normal(x), .normal(channels), .between(0.5, 2, channels)]) {
        $1[0].batchNormEvaluation(mean: $1[1], variance: $1[2])
      },
      GradientCheck(
        "batchNormEvaluation",
        [.normal(x), .normal(channels), .between(0.5, 2, channels), .normal(channels), .normal(channels)]
      ) {
        $1[0].batchNormEvaluation(mean: $1[1], variance: $1[2], scale: $1[3], shift: $1[4])
      }
    ]
  }

  private static let pooling: [GradientCheck] = [
    GradientCheck("globalAveragePool", [.normal([2, 3, 4, 5])]) { $1[0].globalAveragePool() },
    GradientCheck("globalAveragePoolGradient", [.normal([2, 3, 4, 5]), .normal([2, 5])]) {
      derivative($0, of: $1[0].tanh().globalAveragePool(), by: $1[0], along: $1[1])
    },
    GradientCheck("matmul", [.normal([4, 3]), .normal([2, 3]), .normal([2])]) { $1[0].linear(weight: $1[1], bias: $1[2]) }
  ]

  private static func normalized(_ x: Node, scale: Node? = nil, shift: Node? = nil) -> Node {
    x.batchNorm(moments: x.channelMoments(), scale: scale, shift: shift)
  }

  /// ∂⟨g, y⟩/∂x, of a y that depends on x, as g may.
  private static func derivative(_ graph: Graph, of y: Node, by x: Node, along g: Node) -> Node {
    graph.gradients(of: (y * g).sum(), withRespectTo: [x])[0] ?? graph.zeros(x.shape)
  }
}
