import Glibc
import Graph
import Kernels
import SourceText
import Syntax
import Tables
import Tensors
import Training

/// `flow loss`: which terms of the loss reach which parameters, and which `sg` cuts the others off.
public struct Flow: Sendable {
  /// How a term meets a module.
  public enum Link: Hashable, Sendable {
    /// The norm of the term's gradient on the module's parameters.
    case reached(Double)
    /// Every path is cut, so the gradient is exactly 0; by these.
    case cut([String])
    /// The term does not depend on the module.
    case absent
  }

  public let terms: [String]
  public let rows: [(module: String, links: [Link])]

  public var table: ResultTable {
    ResultTable(
      columns: ["module"] + terms,
      rows: rows.map { row in [.text(row.module)] + row.links.map { .text($0.text) } })
  }
}

extension Flow.Link {
  var text: String {
    switch self {
    case .reached(let norm): "reached, ‖gradient‖ \(NumberText.short(norm))"
    case .cut(let stops): "0, cut by " + stops.joined(separator: ", ")
    case .absent: "–"
    }
  }
}

extension Experiment {
  /// The terms of the loss (split at its outermost + and -), each symmetrised, against the modules.
  public func flow(at site: SourceSpan) throws(Diagnostic) -> Flow {
    guard let loss = definitions.loss else {
      throw Diagnostic("there is no loss yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
    }
    let model = try requireModel(at: site)
    let inputs = StepInputs(model: model, settings: settings)
    let elaboration = Elaboration(surroundings { graph throws(Diagnostic) in inputs.views(graph, model) })
    let terms = loss.expressions.flatMap(\.terms)
    var nodes: [Node] = []
    for term in terms {
      nodes.append(try elaboration.trainingLoss(.init(mode: loss.mode, expressions: [term]), 0))
    }
    let modules = model.modules.filter { $0.name != Model.probeName }
    let graph = elaboration.graph
    var norms: [Node] = []
    var links: [[Int?]] = []
    for module in modules {
      links.append(
        nodes.map { node in
          let gradients = graph.gradients(of: node, withRespectTo: module.parameters.map { graph.variable($0) }).compactMap { $0 }
          guard let first = gradients.first else { return nil }
          let squares = gradients.dropFirst().map { ($0 * $0).sum() }.reduce((first * first).sum(), +)
          norms.append(squares.sqrt())
          return norms.count - 1
        })
    }
    let values = try norms.isEmpty ? [] : gradientNorms(norms, inputs, elaboration, at: site)
    let rows = zip(modules, links).map { module, found in
      let variables = Set(module.parameters.map { ObjectIdentifier($0) })
      return (
        module: module.name,
        links: zip(nodes, found).map { node, place in
          place.map { .reached(values[$0]) } ?? cutLink(node, variables, elaboration)
        }
      )
    }
    return Flow(terms: terms.map { $0.span.text }, rows: rows)
  }

  private func gradientNorms(
    _ norms: [Node], _ inputs: StepInputs, _ elaboration: Elaboration, at site: SourceSpan
  ) throws(Diagnostic) -> [Double] {
    let program = try Self.compiled(norms, at: site)
    try requireSource(at: site).fill(step: position, images: inputs.images.map(\.buffer.pointer))
    elaboration.permutation?.fillNegatives(seed: seed, step: position)
    program.run(RunContext(step: UInt64(position)))
    return norms.indices.map { Double(program.scalar($0)) }
  }

  /// The stop-gradients through which alone the module's parameters come into the term.
  private func cutLink(_ term: Node, _ variables: Set<ObjectIdentifier>, _ elaboration: Elaboration) -> Flow.Link {
    let graph = elaboration.graph
    func holds(_ node: Node) -> Bool {
      graph.variablesReaching(node, throughStopGradients: true).contains { variables.contains(ObjectIdentifier($0)) }
    }
    guard holds(term) else { return .absent }
    let ancestors = Set(term.ancestors)
    let stops = elaboration.stops.filter { ancestors.contains($0.node) && holds($0.node) }.map(\.text)
    var seen: Set<String> = []
    let distinct = stops.filter { seen.insert($0).inserted }
    return .cut(distinct.isEmpty ? ["freeze"] : distinct)
  }
}

extension Expression {
  /// The terms of a sum, without their signs and in source order.
  var terms: [Expression] {
    var found: [Expression] = []
    var rest = [self]
    while let next = rest.popLast() {
      switch next.kind {
      case .binary(.add, let left, let right, _), .binary(.subtract, let left, let right, _): rest += [right, left]
      default: found.append(next)
      }
    }
    return found
  }
}
