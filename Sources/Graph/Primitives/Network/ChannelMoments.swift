import Kernels
import Tensors

extension Node {
  /// [2, C]: for every channel of self, [N, C] or [N, H, W, C], the mean and the biased variance Σ(x − mean)² / m over its m =
  /// N·H·W entries.
  public func channelMoments() -> Node { graph.apply(ChannelMoments(), [self]) }

  /// A number for each channel, [C], repeated to `shape`, [N, C] or [N, H, W, C].
  public func broadcastChannels(to shape: Shape) -> Node { broadcast(to: shape, axes: [shape.rank - 1]) }

  /// The sums over each channel: [N, C] or [N, H, W, C] → [C].
  public func channelSums() -> Node { sum(axes: Array(shape.extents.indices.dropLast())) }
}

/// mean = Σx/m, variance = Σ(x − mean)²/m by channel. ∂mean/∂x = 1/m, ∂variance/∂x = 2·(x − mean)/m.
struct ChannelMoments: Primitive {
  static let name = "channelMoments"

  func shape(of inputs: [Shape]) -> Shape {
    precondition([2, 4].contains(inputs[0].rank), "channelMoments: \(inputs[0]) is neither [N, C] nor [N, H, W, C]")
    return [2, inputs[0].channels]
  }

  func flops(inputs: [Shape]) -> Int { 4 * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let x = inputs[0]
    let count = Double(ChannelLayout(x.shape).rows)
    let centered = x - output.row(0).broadcastChannels(to: x.shape)
    let ofMean = (gradient.row(0) / count).broadcastChannels(to: x.shape)
    return [ofMean + (gradient.row(1) * (2 / count)).broadcastChannels(to: x.shape) * centered]
  }

  func scratchCount(inputs: [Shape]) -> Int { ChannelSums.scratchCount(channels: inputs[0].channels, threads: ThreadPool.shared.threadCount) }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.inputShapes[0])
    let (x, moments, scratch, pool) = (site.inputs[0], site.output, site.scratch, site.poolOfScratch)
    return { _ in ChannelSums.moments(of: x, layout, into: moments, scratch: scratch, pool: pool) }
  }
}

extension ChannelLayout {
  /// Of [N, C] or [N, H, W, C].
  init(_ shape: Shape) { self.init(rows: Shape(Array(shape.extents.dropLast())).count, channels: shape.channels) }
}

extension Shape {
  /// The extent of the last axis.
  var channels: Int { self[rank - 1] }
}
