import Tensors

/// A graph made ready to be a program: simplified, ordered, its memory laid out. Nothing is allocated and nothing computed, so that what a
/// program would cost can be asked of any size.
public struct ProgramPlan {
  /// By increasing id.
  let nodes: [Node]
  /// The outputs, then the values of the updates.
  let roots: [Node]
  let updates: [(variable: Variable, value: Node)]
  let layout: ProgramLayout

  /// `outputs` can be read after a run. `updates` are written to their variables after everything else has been computed.
  ///
  /// Simplification (stop-gradients left out, equal operations joined, constants folded) happens inside. `sharesMemory: false` gives every
  /// value an array of its own, to check the layout against.
  ///
  /// - Throws: `ProgramError.needsTooMuchMemory` when the arena would be larger than `memoryLimit` bytes.
  public init(
    outputs: [Node], updates: [(Variable, Node)] = [], sharesMemory: Bool = true, memoryLimit: Int = Program.memoryLimit
  ) throws(ProgramError) {
    let simple = Graph()
    let (graph, joined) = simple.joiningSums(simple.simplified(outputs + updates.map { $0.1 }))
    roots = graph.settingAside(joined, before: updates.map { $0.0 })
    nodes = graph.reachable(from: roots)
    layout = try ProgramLayout(nodes: nodes, kept: roots, sharesMemory: sharesMemory, limit: memoryLimit)
    self.updates = zip(updates, roots.dropFirst(outputs.count)).map { ($0.0, $1) }
  }

  public func shape(ofOutput output: Int) -> Shape { roots[output].shape }

  /// Of working memory, leaves not counted.
  public var arenaBytes: Int { layout.arenaCount * MemoryLayout<Float>.stride }
  /// Of the arrays that are known now.
  public var constantBytes: Int { layout.constantCount * MemoryLayout<Float>.stride }
  /// Those that are read or written, each once.
  public var variables: [Variable] {
    var found: [ObjectIdentifier: Variable] = [:]
    for node in nodes { if case .variable(let variable) = node.source { found[ObjectIdentifier(variable)] = variable } }
    for (variable, _) in updates { found[ObjectIdentifier(variable)] = variable }
    return Array(found.values)
  }
  /// What the host fills in, each once.
  public var inputs: [InputSlot] {
    nodes.compactMap { if case .input(let slot) = $0.source { slot } else { nil } }
  }
  /// In running order, updates last.
  public var costs: [OperationCost] {
    layout.liveness.operations.compactMap(OperationCost.init) + updates.map { OperationCost(updating: $0.variable) }
  }
  /// The floating-point operations of one run.
  public var flops: Int { costs.reduce(0) { $0 + $1.flops } }
}

extension Graph {
  /// `roots`, those that lie in a variable of `updated` copied: an update would otherwise be seen by another one, or by an output.
  fileprivate func settingAside(_ roots: [Node], before updated: [Variable]) -> [Node] {
    let updated = Set(updated.map(ObjectIdentifier.init))
    return roots.map { root in
      var origin = root
      while origin.primitive is Reshape { origin = origin.inputs[0] }
      if case .variable(let variable) = origin.source, updated.contains(ObjectIdentifier(variable)) { return root.stopGradient() }
      return root
    }
  }
}
