import Graph
import SourceText
import Syntax

/// A name as it can be typed at a place of a formula.
public struct FittingName: Hashable, Sendable {
  public enum Form: Sendable {
    case bare
    /// With its parenthesis: `sg(`.
    case called
    /// `Zb'`, where only the transpose fits.
    case transposed
  }
  public let name: String
  public let form: Form
}

/// Which names fit where the text of a formula ends.
///
/// Every kind of value that a name or function can have is put there in turn, brackets are closed, and the formula is read: a kind fits where that is
/// without complaint.
struct FormulaFit {
  private static let hole = "__here"
  private let experiment: Experiment
  private let elaboration: Elaboration

  init(_ experiment: Experiment) throws {
    self.experiment = experiment
    elaboration = try FormulaStandIn(experiment).elaboration
  }

  /// - returns: nil where nothing is known, as the text makes no sense with any of them.
  func names(after beginning: String) -> [FittingName]? {
    let known = candidates()
    let kinds = Dictionary(known.flatMap(\.meanings).compactMap { meaning in ValueKind(meaning).map { ($0, meaning) } }) { first, _ in first }
    let texts = OpenFormula(beginning).completed(with: Self.hole)
    let expressions = texts.compactMap { try? Parser.expression(of: SourceFile(name: "<completion>", text: $0)) }
    guard let first = expressions.first else { return nil }
    let free = experiment.freeNames(of: first).filter { $0 != Self.hole }
    var fitting = Set(kinds.filter { _, meaning in expressions.contains { reads($0, meaning, free) } }.keys)
    let isDot = beginning.reversed().first { !$0.isWhitespace }.map { $0 == "." || $0 == "·" } ?? false
    if isDot { fitting = fitting.filter(\.hasDotProduct) }
    guard !fitting.isEmpty else { return nil }
    let transposing = beginning.hasSuffix("@") || beginning.hasSuffix("@ ") ? fittingTransposes(kinds, expressions, free) : []
    var names: [FittingName] = []
    for candidate in known {
      let own = Set(candidate.meanings.compactMap(ValueKind.init))
      if !own.isDisjoint(with: fitting) {
        names.append(FittingName(name: candidate.name, form: candidate.form))
      } else if candidate.form == .bare, !own.isDisjoint(with: transposing) {
        names.append(FittingName(name: candidate.name, form: .transposed))
      }
    }
    return names
  }

  // MARK: - What there is

  private struct Candidate {
    let name: String
    let form: FittingName.Form
    let meanings: [Meaning]
  }

  private func candidates() -> [Candidate] {
    let names =
      BuiltInName.names + MetricName.allCases.map(\.rawValue) + RecordedFact.allCases.map(\.rawValue) + experiment.definitions.names
    var candidates = names.compactMap { name in
      meaning(of: name).map { Candidate(name: name, form: .bare, meanings: [$0]) }
    }
    for module in experiment.moduleNames {
      candidates += meaning(of: module).map { [Candidate(name: module, form: .bare, meanings: [$0])] } ?? []
      let outputs = ["za", "fa"].compactMap { meaning(of: "\(module)(\($0))") }
      if !outputs.isEmpty { candidates.append(Candidate(name: module, form: .called, meanings: outputs)) }
    }
    for function in FormulaFunction.all {
      let results = FunctionResults.table[function.name] ?? []
      candidates.append(Candidate(name: function.name, form: .called, meanings: results.compactMap(meaning)))
    }
    return candidates
  }

  private func meaning(of text: String) -> Meaning? {
    guard let expression = try? Parser.expression(of: SourceFile(name: "<name>", text: text)) else { return nil }
    // What recorded facts are does not depend on there being a run.
    if let fact = RecordedFact(rawValue: text) { return fact == .verdict ? .text("") : .number(1) }
    return try? elaboration.meaning(of: expression, owner: "completion", bindings: numbers(experiment.freeNames(of: expression)))
  }

  /// Something of the kind.
  private func meaning(_ kind: ValueKind) -> Meaning? {
    switch kind {
    case .shape(let shape): .array(elaboration.graph.scalar(0).broadcast(to: shape.shape, axes: []), shape)
    case .text: .text("")
    case .list: .list([.text("")])
    case .module: meaning(of: experiment.moduleNames[0])
    case .frozenModule: nil
    }
  }

  /// A name that is not bound yet is most likely a number: a temperature.
  private func numbers(_ names: [String]) -> [String: Meaning] { Dictionary(names.map { ($0, .number(0.5)) }) { first, _ in first } }

  // MARK: - What fits

  private func reads(_ expression: Expression, _ meaning: Meaning, _ free: [String]) -> Bool {
    var bindings = numbers(free)
    bindings[Self.hole] = meaning
    return (try? elaboration.meaning(of: expression, owner: "completion", bindings: bindings)) != nil
  }

  private func fittingTransposes(_ kinds: [ValueKind: Meaning], _ expressions: [Expression], _ free: [String]) -> Set<ValueKind> {
    Set(
      kinds.filter { kind, meaning in
        guard case .array(let node, let shape) = meaning, shape.rank == 2 else { return false }
        let transpose = Meaning.array(node.transposed(), NamedShape(shape.axes.reversed()))
        return expressions.contains { reads($0, transpose, free) }
      }.keys)
  }
}

extension ValueKind {
  /// A vector of batch goes row by row with a batch × dim, and so has a `.` with it that nobody means.
  fileprivate var hasDotProduct: Bool {
    if case .shape(let shape) = self, shape.rank == 1, shape.axes[0].name == .batch { return false }
    return true
  }
}

extension Experiment {
  /// Which names fit where the text of a formula ends: after `Za . ` those of batch × dim and vectors of dim. nil where nothing is known.
  public func names(fittingAfter beginning: String) -> [FittingName]? {
    // What somebody types is short; a pasted text is not read at every Tab.
    guard beginning.utf8.count <= 2_000 else { return nil }
    return (try? FormulaFit(self))?.names(after: beginning)
  }
}
