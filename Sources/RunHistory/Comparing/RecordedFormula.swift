import GRDB
import SourceText
import Syntax

/// A formula as the record has it.
struct RecordedFormula {
  /// A loss read back. Any other formula reads as one too.
  struct Loss {
    let mode: Syntax.Statement.LossMode
    let expressions: [Expression]

    init?(_ text: String) {
      guard let statements = try? Parser.statements(of: SourceFile(name: "<history>", text: "loss " + text), mode: .script),
        statements.count == 1, case .loss(let mode, let expressions) = statements[0].kind
      else { return nil }
      (self.mode, self.expressions) = (mode, expressions)
    }
  }

  let typed: String
  /// With every name of the user's own replaced by what it means.
  let expanded: String

  /// Whether both are the same formula, however they are written.
  func means(_ other: RecordedFormula) -> Bool {
    if expanded == other.expanded { return true }
    guard let one = Loss(expanded), let two = Loss(other.expanded) else { return false }
    return one.mode == two.mode && one.expressions.map { CanonicalTree($0) } == two.expressions.map { CanonicalTree($0) }
  }

  /// Where two losses differ, as trees; a row has what the one and the other have in a place.
  func parts(against other: RecordedFormula) -> [[String?]] {
    guard !means(other), let ours = Loss(expanded), let theirs = Loss(other.expanded) else { return [] }
    var rows: [[String?]] = ours.mode == theirs.mode ? [] : [[ours.mode.rawValue, theirs.mode.rawValue]]
    for index in 0..<max(ours.expressions.count, theirs.expressions.count) {
      let pair = [ours, theirs].map { $0.expressions.indices.contains(index) ? $0.expressions[index] : nil }
      if let one = pair[0], let two = pair[1] {
        rows += FormulaAlignment(one, two).parts.map { [$0.left, $0.right] }
      } else {
        rows.append(pair.map { $0?.source })
      }
    }
    return rows
  }

  /// The formulas that do not come to the same tree in all runs, the loss first, and what each run has of them: as they were typed; as they were
  /// understood, where all were typed the same.
  static func differing(among runs: [Int64], in db: Database) throws -> [(name: String, texts: [String?])] {
    let records = try runs.map { try all(of: $0, in: db) }
    let others = Set(records.flatMap(\.keys)).subtracting(["loss"]).sorted()
    return (["loss"] + others).compactMap { name in
      let formulas = records.map { $0[name] }
      let isSame = formulas.allSatisfy { formula in
        if let formula, let first = formulas[0] { formula.means(first) } else { formula == nil && formulas[0] == nil }
      }
      if isSame { return nil }
      let isTypedAlike = Set(formulas.map { $0?.typed }).count == 1
      return (name, formulas.map { isTypedAlike ? $0?.expanded : $0?.typed })
    }
  }

  /// The formulas of a run by their names.
  static func all(of run: Int64, in db: Database) throws -> [String: RecordedFormula] {
    let rows = try Row.fetchAll(db, sql: "SELECT name, typed, expanded FROM formulas WHERE run_id = ?", arguments: [run])
    var records: [String: RecordedFormula] = [:]
    for row in rows { records[try row.value(0)] = RecordedFormula(typed: try row.value(1), expanded: try row.value(2)) }
    return records
  }
}
