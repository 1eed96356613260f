import SourceText
import Syntax

/// What the user has defined: formulas (`let`), values (`val`) and the loss.
public struct Definitions: Sendable {
  public struct Formula: Sendable {
    public let name: String
    public let expression: Expression
    /// Where the name was bound.
    public let site: SourceSpan
  }

  public struct Constant: Sendable {
    public let name: String
    public let value: Value
    /// Tells equal tensors apart in a graph.
    public let identity: Int
    /// The expression that was computed.
    public let source: String
  }

  public struct Loss: Sendable {
    public let mode: Statement.LossMode
    /// One expression, or the two of `alternating`.
    public let expressions: [Expression]
    public init(mode: Statement.LossMode, expressions: [Expression]) {
      self.mode = mode
      self.expressions = expressions
    }

    /// As typed, without the keyword.
    public var source: String {
      (mode == .symmetric ? "" : "\(mode.rawValue) ") + expressions.map(\.source).joined(separator: ", ")
    }
  }

  public struct Track: Sendable {
    public let name: String
    public let expression: Expression
    public let cadence: Statement.Cadence
    public let sample: Sample?
    public init(name: String, expression: Expression, cadence: Statement.Cadence, sample: Sample?) {
      self.name = name
      self.expression = expression
      self.cadence = cadence
      self.sample = sample
    }
  }

  public private(set) var formulas: [String: Formula] = [:]
  public private(set) var constants: [String: Constant] = [:]
  public var loss: Loss?
  public var tracks: [Track] = []
  /// What ends a run before its time.
  public var stops: [StopRule] = []
  /// Modules that formulas can call: `h` and those of `module NAME = …`.
  public var moduleNames: [String] = []
  private var identities = 0

  public init() {}

  public mutating func define(_ name: Binder, as expression: Expression) {
    constants[name.name] = nil
    formulas[name.name] = Formula(name: name.name, expression: expression, site: name.span)
  }

  public mutating func set(_ name: String, to value: Value, source: String) {
    formulas[name] = nil
    identities += 1
    constants[name] = Constant(name: name, value: value.asTensor ?? value, identity: identities, source: source)
  }

  public mutating func remove(_ name: String) {
    formulas[name] = nil
    constants[name] = nil
  }

  /// Takes over what another experiment's names mean, those that have no meaning here.
  ///
  /// - returns: what was new, formulas by name and values in the order of their making.
  @discardableResult
  public mutating func adopt(_ other: Definitions) -> (formulas: [Formula], constants: [Constant]) {
    let known = Set(names)
    let newFormulas = other.formulas.values.filter { !known.contains($0.name) }.sorted { $0.name < $1.name }
    let newConstants = other.constants.values.filter { !known.contains($0.name) }.sorted { $0.identity < $1.identity }
    for formula in newFormulas { formulas[formula.name] = formula }
    for constant in newConstants { set(constant.name, to: constant.value, source: constant.source) }
    return (newFormulas, newConstants)
  }

  public var names: [String] { (Array(formulas.keys) + Array(constants.keys)).sorted() }

  /// The formulas that mention `name`, directly or through others, in alphabetical order.
  public func dependents(of name: String) -> [String] {
    var found: Set<String> = [name]
    var grew = true
    while grew {
      grew = false
      for formula in formulas.values where !found.contains(formula.name) {
        let mentioned = formula.expression.everyName
        let viaGradient = found.contains("Ge") && !mentioned.isDisjoint(with: ["oe", "re"])
        guard viaGradient || !mentioned.isDisjoint(with: found) else { continue }
        found.insert(formula.name)
        grew = true
      }
    }
    return found.subtracting([name]).sorted()
  }
}
