import Experiments
import Syntax

/// The words of the language by their kind, as editors colour them: what the declarations and the grammar have, and nothing else.
enum EditorWords {
  /// At the beginning of a statement.
  static var statements: [String] { StatementTable.commands.map { $0.declaration.keyword }.sorted() }

  static var functions: [String] { FormulaFunction.names.sorted() }

  static var names: [String] {
    Set(BuiltInName.names + MetricName.allCases.map(\.rawValue) + RecordedFact.allCases.map(\.rawValue)).subtracting(constants).sorted()
  }

  static let constants = ["false", "pi", "true"]

  static let operators = ["and", "else", "in", "not", "or"]

  /// Inside a statement: what its clauses begin with, and what may stand there.
  static var words: [String] {
    let clauses = StatementTable.commands.flatMap { $0.declaration.clauses }
    let places = StatementTable.commands.flatMap { $0.declaration.arguments } + clauses.flatMap(\.arguments)
    let listed = places.flatMap { $0 }.flatMap { kind in if case .words(let words) = kind { words } else { [String]() } }
    let own = ["batches", "contains", "like", "between", "missing", "desc", "asc", "step", "epochs", "steps"]
    let taken = Set(statements + names + operators + constants)
    return Set(clauses.map(\.word) + listed + own).filter { $0.allSatisfy(\.isWordCharacter) && !$0.isEmpty && !taken.contains($0) }.sorted()
  }

  /// `key=`
  static var options: [String] { Set(StatementTable.commands.flatMap { $0.declaration.options.map(\.name) }).sorted() }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
