/// A stack of layers on rows: the projector, the predictor `h`, `hinv`, the probe.
public struct Head: Hashable, Sendable {
  public var layers: [Layer]

  public init(_ layers: [Layer]) { self.layers = layers }

  /// The width of the rows that come out when rows of `inputWidth` go in.
  public func outputWidth(inputWidth: Int) -> Int {
    for layer in layers.reversed() {
      switch layer {
      case .linear(let width, _), .tanhLinear(let width): return width
      case .batchNorm, .relu, .l2, .bias, .identity: continue
      }
    }
    return inputWidth
  }
}
