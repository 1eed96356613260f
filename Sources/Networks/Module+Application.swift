import Graph
import Tensors

extension Module {
  /// A module applied to one input: the output and the statistics its batch norms took on the way.
  public struct Application {
    public let output: Node
    /// In order of application; empty in evaluation mode.
    public let statistics: [BatchStatistics]
  }

  /// The module as a function of `x`: [M, C, H, W] for an encoder or [M, I] for a head → [M, `outputWidth`]. Applied twice to equal
  /// nodes it gives the same nodes, so nothing is computed twice.
  ///
  /// - Parameter frozen: the gradient passes to `x` but not to the parameters, which enter through a stop-gradient.
  public func apply(to x: Node, mode: StatisticsMode, frozen: Bool = false) -> Application {
    var applier = Applier(mode: mode, frozen: frozen)
    let output = applier.apply(components, to: x)
    return Application(output: output, statistics: applier.statistics)
  }
}

/// Walks a module's components, collecting batch statistics.
private struct Applier {
  let mode: StatisticsMode
  let frozen: Bool
  var statistics: [BatchStatistics] = []

  /// Calls itself for a residual block's two branches, which hold no further blocks.
  mutating func apply(_ components: [Component], to input: Node) -> Node {
    var x = input
    for component in components {
      switch component {
      case .channelsLast: x = x.channelsLast()
      case .convolution(let weight, let stride, let method):
        x = x.convolution2D(weight: parameter(weight, x), stride: stride, padding: weight.shape[2] / 2, method: method)
      case .linear(let weight, let bias): x = x.linear(weight: parameter(weight, x), bias: bias.map { parameter($0, x) })
      case .batchNorm(let norm): x = apply(norm, to: x)
      case .bias(let bias): x = x.addingRow(parameter(bias, x))
      case .relu: x = x.relu()
      case .l2: x = x.normalizedRows()
      case .flatten: x = x.reshaped([x.shape[0], x.shape.count / max(1, x.shape[0])])
      case .globalAveragePool: x = x.globalAveragePool()
      case .residual(let main, let shortcut): x = (apply(main, to: x) + apply(shortcut, to: x)).relu()
      }
    }
    return x
  }

  private mutating func apply(_ norm: BatchNorm, to x: Node) -> Node {
    let scale = norm.scale.map { parameter($0, x) }
    let shift = norm.shift.map { parameter($0, x) }
    switch mode {
    case .training:
      let moments = x.channelMoments()
      let count = x.shape.count / moments.shape[1]
      statistics.append(
        BatchStatistics(
          runningMean: norm.runningMean, runningVariance: norm.runningVariance, moments: moments, count: count))
      return x.batchNorm(moments: moments, scale: scale, shift: shift, epsilon: BatchNorm.epsilon)
    case .evaluation:
      return x.batchNormEvaluation(
        mean: x.graph.variable(norm.runningMean), variance: x.graph.variable(norm.runningVariance), scale: scale,
        shift: shift, epsilon: BatchNorm.epsilon)
    }
  }

  private func parameter(_ variable: Variable, _ x: Node) -> Node {
    let node = x.graph.variable(variable)
    return frozen ? node.stopGradient() : node
  }
}
