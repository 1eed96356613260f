import SourceText
import Syntax

/// Which kinds of value a function can give, found by calling it with one of each kind.
enum FunctionResults {
  /// Arguments to try: a batch × dim, a vector of dim, a matrix of dim, features, a batch's numbers, a number, a module.
  private static let samples = ["Za", "oz", "cov(Za)", "fa", "norm(Za)", "(Za . Zb)", "0.5", "h", "[0.5, 0.5]"]

  /// In a session of the usual settings: names of axes do not depend on it.
  static let table: [String: Set<ValueKind>] = {
    guard let elaboration = try? FormulaStandIn(Experiment()).elaboration else { return [:] }
    var table: [String: Set<ValueKind>] = [:]
    for function in FormulaFunction.all {
      let kinds = calls(of: function).compactMap { text in
        (try? Parser.expression(of: SourceFile(name: "<sample>", text: text))).flatMap { try? elaboration.meaning(of: $0, owner: text) }
      }.compactMap(ValueKind.init)
      table[function.name] = Set(kinds)
    }
    // A past run's series and values, which are numbers.
    for name in ["run", "first", "last"] { table[name] = [.shape(.scalar)] }
    return table
  }()

  private static func calls(of function: FormulaFunction) -> [String] {
    var lists: [[String]] = []
    if function.arguments.contains(0) { lists.append([]) }
    if function.arguments.contains(1) { lists += samples.map { [$0] } + ["M, D", "D", "M"].map { [$0] } }
    if function.arguments.contains(2) {
      for first in samples { lists += [[first, first], [first, "0.5"], [first, "1"], [first, "Za"], [first, "oz"], [first, "2"]] }
    }
    if function.arguments.contains(3) { lists += samples.map { [$0, $0, "0.5"] } }
    return lists.map { "\(function.name)(\($0.joined(separator: ", ")))" }
  }
}

/// What distinguishes values where a formula may fit or not.
enum ValueKind: Hashable {
  case shape(NamedShape)
  case text, list, module, frozenModule

  /// nil: nothing that a name in a formula can stand for.
  init?(_ meaning: Meaning) {
    switch meaning {
    case .number, .flag: self = .shape(.scalar)
    case .array(_, let shape): self = .shape(shape)
    case .text: self = .text
    case .list(let items): self = items.allSatisfy({ $0.constant != nil }) ? .shape(NamedShape([Axis(nil, items.count)])) : .list
    case .module(_, let isFrozen): self = isFrozen ? .frozenModule : .module
    case .missing: return nil
    }
  }
}
