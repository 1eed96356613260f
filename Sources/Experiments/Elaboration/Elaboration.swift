import Graph
import Kernels
import Networks
import SourceText
import Syntax
import Tensors
import Training

/// Turns formulas into nodes of one graph: names are looked up, shapes are checked, and every complaint is made in the user's own words
/// before anything is computed.
///
/// Scalars that are known stay numbers (in double precision); everything else becomes a node with named axes.
public final class Elaboration {
  /// What formulas need from their surroundings.
  public struct Surroundings {
    public var definitions: Definitions
    /// The profile's numbers.
    public var epochs: Double
    public var profile: String
    public var seed: UInt64
    /// The views of a step; asked for once, when a formula first names one. Throws where there is no data or no such model.
    public var makeViews: (Graph) throws(Diagnostic) -> ViewNodes
    public var runs: (any RunLookup)?
    /// Computes what stands between the braces of a text and is not known beforehand; nil where nothing is computed, but looked at.
    public var textOf: ((Expression) throws(Diagnostic) -> String)?
    /// Polled in comprehensions, which may be long.
    public var stop: StopSignal?
    /// The data set's name.
    public var dataset: String?
    /// `M` and `D` while there is no data, and so no model, to ask: as set.
    public var sizesWithoutData: (batch: Int, dim: Int)?

    public init(
      definitions: Definitions, epochs: Double, profile: String, seed: UInt64,
      makeViews: @escaping (Graph) throws(Diagnostic) -> ViewNodes, runs: (any RunLookup)? = nil
    ) {
      self.definitions = definitions
      self.epochs = epochs
      self.profile = profile
      self.seed = seed
      self.makeViews = makeViews
      self.runs = runs
    }
  }

  /// A `sg(…)` met on the way, for `flow` and the echo of `loss`.
  public struct Stop {
    public let node: Node
    /// As typed: `sg(Zb + oe)`.
    public let text: String
  }

  /// The steepest nesting through definitions; one level is a few hundred bytes of stack.
  static let deepestNesting = 4_000

  public let graph: Graph
  let surroundings: Surroundings
  public private(set) var views: ViewNodes?
  public internal(set) var stops: [Stop] = []
  public internal(set) var warnings: [Diagnostic] = []
  /// How nodes were written, shortest first come: for echoes such as `-∂loss/∂Za ∝ Zb + oe`.
  public internal(set) var spellings: [Node: String] = [:]
  /// The row numbers behind `Zn`, when a formula names it.
  public internal(set) var permutation: InputSlot?
  /// Whether a drawn number makes a value different at every step.
  public internal(set) var drawsNumbers = false
  /// The running averages that formulas name, each with its value after the step.
  ///
  /// Only a step begins an average, or one of another shape: what merely looks at a formula leaves the run's as it is.
  public internal(set) var averages: [(average: RunningAverage, next: Node)] = []
  /// What will be read back once the nodes have been computed.
  var readout = Readout()
  /// Whether `Z[i]` was written: such a loss is one-sided.
  var usesViewNumbers = false
  var dependencies = Dependencies()
  /// A loss may not be written of old batches.
  var isInLoss = false

  /// Whether this is a step's.
  var beginsAverages = false
  /// How often each `ema(…)` has been met, by its text.
  var averageTexts: [String: Int] = [:]

  private var nesting = 0
  private var inProgress: [DefinitionKey] = []
  private var known: [DefinitionKey: Meaning] = [:]
  private var literals: [Tensor: Int] = [:]
  private var bindingsIdentities = 0
  private var freshIdentities = 0

  private struct DefinitionKey: Hashable {
    let name: String
    /// Where its text begins: the terms of a loss are all called `loss`.
    let place: Int
    let isSwapped: Bool
    let bindings: Int
  }

  public init(graph: Graph = Graph(), _ surroundings: Surroundings) {
    self.graph = graph
    self.surroundings = surroundings
  }

  /// What `expression` stands for. `owner` names the statement or definition it is written in.
  ///
  /// - throws: the one `Diagnostic` that says what is wrong, at the words it is about.
  /// `bindings` are names with a meaning of their own: `eta` of `against`, `D` in a width.
  public func meaning(
    of expression: Expression, owner: String, bindings: [String: Meaning] = [:]
  ) throws(Diagnostic) -> Meaning {
    var scope = Scope(owner: .init(name: owner, expression: expression))
    for (name, meaning) in bindings.sorted(by: { $0.key < $1.key }) { scope = binding(name, to: meaning, in: scope) }
    return try meaning(of: expression, in: scope)
  }

  func meaning(of expression: Expression, in scope: Scope) throws(Diagnostic) -> Meaning {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else {
      throw Diagnostic(
        "`\(expression.span.text.shortened)` is nested deeper than \(Self.deepestNesting) levels through its definitions",
        at: expression.span, hint: "compute a part of it with `val`")
    }
    let meaning = try unspelledMeaning(of: expression, in: scope)
    // Under `for i in …` the same words stand for other nodes.
    if case .array(let node, _) = meaning, !scope.isSwapped, scope.bindings.isEmpty { spell(node, as: expression) }
    return meaning
  }

  private func unspelledMeaning(of expression: Expression, in scope: Scope) throws(Diagnostic) -> Meaning {
    switch expression.kind {
    case .number(let number): return .number(number)
    case .string(let text): return .text(try filled(text, at: expression.span, in: scope))
    case .name(let name): return try self.name(name, at: expression.span, in: scope)
    case .list(let items): return try list(items, in: scope)
    case .comprehension(let body, let variable, let source):
      return .list(try comprehension(body, variable, source, in: scope))
    case .call(let callee, let arguments): return try call(expression, callee, arguments, in: scope)
    case .member(let base, let member): return try self.member(member, of: base, at: expression.span, in: scope)
    case .series(let metric, let run): return try series(metric, of: run, in: scope)
    case .unary(let symbol, let operand): return try unary(symbol, operand, in: scope)
    case .binary(let symbol, let left, let right, let site):
      return try binary(symbol, left, right, site: site, whole: expression, in: scope)
    case .transpose(let operand): return try transpose(operand, in: scope)
    case .index(let base, let subscripts): return try index(base, subscripts, whole: expression, in: scope)
    case .range(let low, let high, let step): return .list(try range(low, high, step, in: scope).map { .number($0) })
    case .predicate(let predicate, let subject, let operands):
      return try self.predicate(predicate, subject, operands, whole: expression, in: scope)
    }
  }

  /// The views, made at the first name that needs them.
  func requireViews() throws(Diagnostic) -> ViewNodes {
    dependencies.areMore = true
    if let views { return views }
    let made = try surroundings.makeViews(graph)
    views = made
    return made
  }

  /// A scope in which `name` stands for `meaning`.
  func binding(_ name: String, to meaning: Meaning, in scope: Scope) -> Scope {
    bindingsIdentities += 1
    var inner = scope
    inner.bindings[name] = meaning
    inner.bindingsIdentity = bindingsIdentities
    return inner
  }

  /// The meaning of a definition, computed once in each scope that can change it, so that definitions of definitions stay cheap.
  func definition(
    _ name: String, _ expression: Expression, owner: String, in scope: Scope, at site: SourceSpan
  ) throws(Diagnostic) -> Meaning {
    let key = DefinitionKey(
      name: name, place: expression.span.range.lowerBound, isSwapped: scope.isSwapped, bindings: scope.bindingsIdentity)
    if let meaning = known[key] { return meaning }
    guard !inProgress.contains(where: { $0.name == name }) else {
      throw Diagnostic(
        "`\(name)` is defined by itself", at: site,
        hint: name == "loss"
          ? "name its parts with `let`" : "`let` is re-read wherever it is used; `val \(name) = …` computes it now, from the old one")
    }
    inProgress.append(key)
    defer { inProgress.removeLast() }
    var inner = scope
    inner.owner = .init(name: owner, expression: expression)
    let meaning = try meaning(of: expression, in: inner)
    known[key] = meaning
    return meaning
  }

  /// The identity of a literal: equal literals are one leaf.
  func identity(ofLiteral tensor: Tensor) -> Int {
    if let identity = literals[tensor] { return identity }
    let identity = -1 - literals.count
    literals[tensor] = identity
    return identity
  }

  /// The identity of a leaf that is like no other.
  func freshIdentity() -> Int {
    freshIdentities += 1
    return Int.min + freshIdentities
  }

  private func spell(_ node: Node, as expression: Expression) {
    let text = expression.span.text
    guard text.utf8.count < 60, !text.contains("\n") else { return }
    if let old = spellings[node], old.utf8.count <= text.utf8.count { return }
    spellings[node] = text
  }
}
