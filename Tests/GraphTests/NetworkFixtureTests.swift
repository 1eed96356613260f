import Graph
import Tensors
import Testing

/// The operations of networks and their derivatives as PyTorch has them. The tolerances are shares of an array's largest entry.
@Suite struct NetworkFixtureTests {
  let fixture: NetworkFixture

  init() throws { fixture = try NetworkFixture.load() }

  @Test func convolutionAndItsGradients() throws {
    for reference in fixture.convolution {
      try reference.check { graph in
        let (x, w, g) = try (reference.images("x", in: graph), reference.leaf("w", in: graph), reference.images("g", in: graph))
        let y = x.convolution2D(weight: w, stride: try #require(reference.stride), padding: try #require(reference.padding))
        let gradients = graph.gradients(of: (y * g).sum(), withRespectTo: [x, w])
        return ["y": y.asInPyTorch, "dx": gradients[0]?.asInPyTorch, "dw": gradients[1]]
      }
    }
  }

  @Test func batchNormInTraining() throws {
    for reference in fixture.batchNorm {
      try reference.check(tolerance: 2e-5) { graph in
        let norm = try BatchNormLeaves(reference, in: graph)
        let (y, g) = (norm.x.batchNorm(moments: norm.x.channelMoments(), scale: norm.scale, shift: norm.shift), norm.g)
        let gradients = norm.gradients(of: (y * g).sum())
        let dx = try #require(graph.gradients(of: (y * g).sum(), withRespectTo: [norm.x])[0])
        let along = (dx * (try reference.images("t", in: graph))).sum()
        let seconds = graph.gradients(of: along, withRespectTo: [norm.x, g] + [norm.scale].compactMap { $0 })
        let scaled = norm.scale == nil ? [:] : ["second_scale": seconds[2]]
        return gradients.merging(["y": y.asInPyTorch, "second_x": seconds[0]?.asInPyTorch, "second_g": seconds[1]?.asInPyTorch]) { $1 }.merging(
          scaled
        ) { $1 }
      }
    }
  }

  /// Two steps with momentum 0.1; the variance that runs is the unbiased one.
  @Test func runningStatisticsComeFromTheMoments() throws {
    for reference in fixture.batchNorm {
      try reference.check { graph in
        let (first, x) = try (reference.images("first", in: graph), reference.images("x", in: graph))
        let channels: Shape = [x.channelMoments().shape[1]]
        var (mean, variance) = (graph.zeros(channels), graph.ones(channels))
        for batch in [first, x] {
          let (moments, count) = (batch.channelMoments(), Double(batch.shape.count / channels.count))
          mean = mean * 0.9 + moments.row(0) * 0.1
          variance = variance * 0.9 + moments.row(1) * (0.1 * count / (count - 1))
        }
        return ["running_mean": mean, "running_variance": variance]
      }
    }
  }

  @Test func batchNormInEvaluation() throws {
    for reference in fixture.batchNorm {
      try reference.check { graph in
        let norm = try BatchNormLeaves(reference, in: graph)
        let y = norm.x.batchNormEvaluation(
          mean: try reference.leaf("running_mean", in: graph), variance: try reference.leaf("running_variance", in: graph),
          scale: norm.scale, shift: norm.shift)
        let gradients = norm.gradients(of: (y * norm.g).sum())
        return Dictionary(uniqueKeysWithValues: gradients.map { ("evaluation_" + $0.key, $0.value) }).merging(["evaluated": y.asInPyTorch]) {
          $1
        }
      }
    }
  }

  @Test func globalAveragePooling() throws {
    for reference in fixture.pooling {
      try reference.check { graph in
        let (x, g) = try (reference.images("x", in: graph), reference.leaf("g", in: graph))
        let y = x.globalAveragePool()
        return ["y": y, "dx": graph.gradients(of: (y * g).sum(), withRespectTo: [x])[0]?.asInPyTorch]
      }
    }
  }

  @Test func linearLayer() throws {
    for reference in fixture.linear {
      try reference.check { graph in
        let (x, w, b) = try (reference.leaf("x", in: graph), reference.leaf("w", in: graph), reference.leaf("b", in: graph))
        let y = x.linear(weight: w, bias: b)
        let gradients = graph.gradients(of: (y * (try reference.leaf("g", in: graph))).sum(), withRespectTo: [x, w, b])
        return ["y": y, "dx": gradients[0], "dw": gradients[1], "db": gradients[2]]
      }
    }
  }
}

private struct BatchNormLeaves {
  let x: Node
  let g: Node
  let scale: Node?
  let shift: Node?
  private let graph: Graph

  init(_ reference: NetworkFixture.Case, in graph: Graph) throws {
    self.graph = graph
    x = try reference.images("x", in: graph)
    g = try reference.images("g", in: graph)
    let isAffine = try #require(reference.affine as Bool?)
    scale = isAffine ? try reference.leaf("scale", in: graph) : nil
    shift = isAffine ? try reference.leaf("shift", in: graph) : nil
  }

  /// By the names that they have in the fixture.
  func gradients(of loss: Node) -> [String: Node?] {
    let names = scale == nil ? ["dx"] : ["dx", "dscale", "dshift"]
    let gradients = graph.gradients(of: loss, withRespectTo: [x] + [scale, shift].compactMap { $0 })
    return Dictionary(uniqueKeysWithValues: zip(names, gradients.map { $0?.asInPyTorch }))
  }
}
