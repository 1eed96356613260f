extension Graph {
  /// `roots` of this graph in a new one, where a convolution does on its way what otherwise is a pass over memory of its own:
  ///
  /// - forward takes the moments of its output, for the batch norm behind it;
  /// - the input gradient takes the sums for the gradient of the rectified batch norm that the input came through;
  /// - the weight gradient makes the gradient of its output from that behind a batch norm, where nothing else reads it: so it is in a
  ///   network's first layer.
  ///
  /// Unlike `Simplifier`'s rules these depend on what reads a node. Where there is nothing to join, this graph and its roots are returned.
  func joiningSums(_ roots: [Node]) -> (graph: Graph, roots: [Node]) {
    let joints = Joints(reachable(from: roots), roots)
    if joints.isEmpty { return (self, roots) }
    let graph = Graph()
    return (graph, graph.rebuild(roots, making: { joints.joined($0, $1, in: graph) }, applying: { graph.apply($0, $1) }))
  }
}

/// Which operations of a graph are joined to which convolution.
private struct Joints {
  /// What is taken of a convolution's result, by the convolution's id.
  private var sums: [Int: Node] = [:]
  /// The ids of those.
  private var taken: Set<Int> = []
  /// The batch norms' gradients, by the id of the convolution that makes them.
  private var gradients: [Int: Node] = [:]

  var isEmpty: Bool { sums.isEmpty && gradients.isEmpty }

  init(_ nodes: [Node], _ roots: [Node]) {
    var readers: [Int: Int] = [:]
    for node in nodes { for input in node.inputs { readers[input.id, default: 0] += 1 } }
    for root in roots { readers[root.id, default: 0] += 1 }
    for node in nodes {
      if let convolution = Self.convolution(takingSums: node), sums[convolution.id] == nil {
        sums[convolution.id] = node
        taken.insert(node.id)
      } else if let gradient = Self.gradient(makingFor: node), readers[gradient.id] == 1 {
        gradients[node.id] = gradient
      }
    }
  }

  private static func convolution(takingSums node: Node) -> Node? {
    guard let convolution = node.inputs.first else { return nil }
    let shapes = convolution.inputs.map(\.shape)
    if node.primitive is ChannelMoments, let forward = convolution.primitive as? Convolution2D {
      return forward.convolution(input: shapes[0], weight: shapes[1]).canTakeMoments ? convolution : nil
    }
    if let sums = node.primitive as? BatchNormGradientSums, sums.rectified != nil,
      let gradient = convolution.primitive as? Convolution2DInputGradient, gradient.kernelConvolution(shapes).canTakeGradientSums
    {
      // What the sums need beside the gradient is there before it.
      return node.inputs.dropFirst().allSatisfy { $0.id < convolution.id } ? convolution : nil
    }
    return nil
  }

  private static func gradient(makingFor node: Node) -> Node? {
    guard let weights = node.primitive as? Convolution2DWeightGradient, weights.norm == nil, let gradient = node.inputs.first,
      gradient.primitive is BatchNormInputGradient, weights.kernelConvolution(node.inputs.map(\.shape)).canMakeGradient
    else { return nil }
    return gradient
  }

  /// nil for a node that nothing is joined to.
  func joined(_ node: Node, _ rebuilt: [Int: Node], in graph: Graph) -> Node? {
    func new(_ nodes: some Sequence<Node>) -> [Node] { nodes.compactMap { rebuilt[$0.id] } }
    if taken.contains(node.id) { return rebuilt[node.inputs[0].id]?.sideResult(0) }
    if let sums = sums[node.id] {
      if var forward = node.primitive as? Convolution2D {
        forward.takesMoments = true
        return graph.apply(forward, new(node.inputs))
      }
      if var gradient = node.primitive as? Convolution2DInputGradient {
        gradient.sums = sums.primitive as? BatchNormGradientSums
        return graph.apply(gradient, new(node.inputs + sums.inputs.dropFirst()))
      }
    }
    if let gradient = gradients[node.id], var weights = node.primitive as? Convolution2DWeightGradient {
      weights.gradientNorm = gradient.primitive as? BatchNormInputGradient
      return graph.apply(weights, new([gradient.inputs[0], node.inputs[1]] + gradient.inputs.dropFirst()))
    }
    return nil
  }
}
