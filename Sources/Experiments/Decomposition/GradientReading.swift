import Graph
import SourceText
import Syntax

/// The negative gradient of the loss on a named batch, symbolically: nothing is computed.
struct GradientReading {
  let elaboration: Elaboration
  /// -M·∂loss/∂target as Σ coefficient·term; nil where the loss has no such gradient.
  let combination: LinearCombination?

  /// Names that a gradient is best told in.
  private static let names = ["Za", "Zb", "Pa", "Pb", "Zn", "oz", "op", "oe", "re", "ra", "rb", "Ge", "za", "zb"]

  init(
    _ loss: Definitions.Loss?, _ experiment: Experiment, _ target: String, at site: SourceSpan
  ) throws(Diagnostic) {
    elaboration = experiment.stepElaboration(at: site)
    guard let loss else {
      combination = nil
      return
    }
    let node = try elaboration.trainingLoss(loss, 0)
    if target.hasPrefix("P"), try elaboration.requireViews().model.predictor == nil {
      combination = nil
      return
    }
    let targetNode = try Self.node(target, elaboration)
    guard let gradient = elaboration.graph.gradients(of: node, withRespectTo: [targetNode])[0] else {
      combination = nil
      return
    }
    var named: Set<Node> = []
    for name in Self.names {
      if let known = try? Self.node(name, elaboration) { named.formUnion(elaboration.rowForms(of: known, like: targetNode)) }
    }
    combination = LinearCombination(of: gradient * -Double(targetNode.shape[0]), keeping: named)
  }

  func node(_ name: String) throws(Diagnostic) -> Node { try Self.node(name, elaboration) }

  private static func node(_ name: String, _ elaboration: Elaboration) throws(Diagnostic) -> Node {
    let expression = try Parser.expression(of: SourceFile(name: "gradient", text: name))
    let meaning = try elaboration.meaning(of: expression, owner: "gradient")
    return try elaboration.array(meaning, at: expression.span).node
  }

  /// `Zb + oe`, with the common factor left out; nil where a term has no short name.
  var text: String? {
    guard let terms = combination?.terms.filter({ abs($0.coefficient) > 1e-12 }), let first = terms.first, terms.count <= 6 else {
      return nil
    }
    // Positive terms first: `Zb - Zn`, not `-Zn + Zb`.
    let scale = (terms.first { $0.coefficient > 0 } ?? first).coefficient.magnitude
    let ordered = terms.filter { $0.coefficient > 0 } + terms.filter { $0.coefficient < 0 }
    var text = ""
    for (coefficient, node) in ordered {
      guard let name = elaboration.spelling(of: node) else { return nil }
      let share = abs(coefficient) / scale
      let factor = abs(share - 1) < 1e-9 ? "" : "\(Value.number(share).text)*"
      let sign = coefficient < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor + (factor.isEmpty || name.allSatisfy(\.isLetter) ? name : "(\(name))")
    }
    return text
  }
}

extension Elaboration {
  /// A node as it meets a batch: itself, or, of a vector, repeated for every row.
  func rowForms(of node: Node, like target: Node) -> [Node] {
    guard node.shape.rank == 1, node.shape[0] == target.shape[1] else { return [node] }
    let repeated = node.broadcast(to: target.shape, axes: [1])
    if let name = spellings[node] { spellings[repeated] = name }
    return [node, repeated]
  }

  /// How a node was written; a vector repeated over the rows is written as the vector.
  func spelling(of node: Node) -> String? { spellings[node] }
}
