import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax
import Tables

/// `table verdict, std, mo, mr, top1, "paper" = [36.21, 47.41, 1] of "triplet*"`
///
/// A row for each name among this session's runs, in the order of their first training; several runs of a name are one row: mean ± deviation of
/// numbers, and how many runs had which word.
enum TableStatementCommand: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "table", signature: "table COLUMN, …, \"TITLE\" = LIST [of \"PATTERN\"] [as table|csv|json|markdown|latex]",
    summary: "this session's runs as the paper lays its tables out, a row a name", paper: "Tables 1 to 6",
    examples: ["table verdict, std, mr, top1, \"paper\" = [36.21, 47.41] of \"seed*\"", "table mr, top1 as markdown"],
    arguments: [[.metrics, .words(["verdict"])]], clauses: [.init("of", [.runs]), .init("as", [.words(TableFormat.allCases.map(\.rawValue))])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .table(let table) = statement.kind else { return }
    let pattern = try table.pattern.map { pattern throws(StatementFailure) in try session.text(pattern) } ?? "*"
    let names = session.record.runNames.filter { $0.matches(pattern: pattern) }
    guard !names.isEmpty || session.isChecking else {
      throw .wrong(
        Diagnostic(
          table.pattern == nil || session.record.entries.isEmpty ? "there is no run in this session yet" : "no run of this session is called so",
          at: table.pattern?.span ?? statement.span, hint: "a table has a row for each name given with `train as \"NAME\"`"))
    }
    var result = ResultTable(columns: ["run"], rows: names.map { [.text($0.isEmpty ? "(unnamed)" : $0)] })
    let runs = names.map { session.record.runs(named: $0) }
    let seeds = runs.map(\.count).max() ?? 0
    if seeds > 1 {
      result.columns.append("runs")
      for row in runs.indices { result.rows[row].append(.integer(Int64(runs[row].count))) }
    }
    let format = table.format.flatMap { TableFormat(rawValue: $0.rawValue) } ?? session.options.format
    for (column, span) in table.columns {
      let (title, cells) = try cells(column, span, runs, format, in: session)
      result.columns.append(title)
      for row in result.rows.indices { result.rows[row].append(cells[row]) }
    }
    session.output.answer(.table(result, format))
  }

  private static func cells(
    _ column: TableStatement.Column, _ span: SourceSpan, _ runs: [[RecordedRun]], _ format: TableFormat, in session: Session
  ) throws(StatementFailure) -> (String, [ResultTable.Cell]) {
    switch column {
    case .literal(let title, let expression): return (title, try literals(expression, runs.count, in: session))
    case .metric(let expression):
      var cells: [ResultTable.Cell] = []
      let known = runs.joined().flatMap(\.factNames)
      for row in runs {
        var values: [Value] = []
        for run in row { values.append(try value(of: expression, run, known)) }
        cells.append(summary(values, isForPeople: format != .json && format != .csv))
      }
      return (expression.span.text, cells)
    }
  }

  /// The paper's own numbers, one a row; a single one stands in every row.
  private static func literals(
    _ expression: Expression, _ rows: Int, in session: Session
  ) throws(StatementFailure) -> [ResultTable.Cell] {
    let value = try session.value(expression, owner: "table")
    let items: [Value] = if case .list(let list) = value { list } else { Array(repeating: value, count: rows) }
    guard items.count == rows else {
      throw .wrong(Diagnostic("the table has \(rows.counted("row")), and this lists \(items.count)", at: expression.span))
    }
    return items.map { item in
      switch item {
      case .number(let number): .number(number)
      default: .text(item.text)
      }
    }
  }

  /// `std`, or `max(top1)`, of one run; missing where only other runs of the table, `known`, have it.
  private static func value(of expression: Expression, _ run: RecordedRun, _ known: [String]) throws(StatementFailure) -> Value {
    switch expression.kind {
    case .name(let name):
      if let value = run.fact(name) { return value }
      guard known.contains(name) else {
        throw .wrong(Diagnostic("a run has no `\(name)`", at: expression.span, hint: NearestNames.question(for: name, among: known)))
      }
      return .missing
    case .call(let callee, let arguments):
      if case .name(let reduction) = callee.kind, arguments.count == 1, case .name(let metric) = arguments[0].kind,
        let reduction = SeriesReduction(rawValue: reduction)
      {
        guard known.contains(metric) else {
          throw .wrong(
            Diagnostic("a run has no `\(metric)`", at: arguments[0].span, hint: NearestNames.question(for: metric, among: known)))
        }
        return run.value(metric, reduction).map { .number($0) } ?? .missing
      }
    default: break
    }
    throw .wrong(
      Diagnostic(
        "`\(expression.span.text.shortened)` is no column", at: expression.span, hint: "a column is a metric, a setting, `verdict`, or `max(top1)`"))
  }

  /// One run's value; of several runs mean ± deviation, and where words differ how many have which, `full 2, partial 1`.
  private static func summary(_ values: [Value], isForPeople: Bool) -> ResultTable.Cell {
    let numbers = values.compactMap { value -> Double? in if case .number(let number) = value { number } else { nil } }
    guard !numbers.isEmpty, numbers.count == values.count else {
      var counts: [(word: String, count: Int)] = []
      for word in values.map(\.text) {
        if let place = counts.firstIndex(where: { $0.word == word }) { counts[place].count += 1 } else { counts.append((word, 1)) }
      }
      guard counts.count > 1 else { return .text(counts.first?.word ?? "") }
      return .text(counts.sorted { $0.count > $1.count }.map { "\($0.word) \($0.count)" }.joined(separator: ", "))
    }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    guard numbers.count > 1 else { return .number(isForPeople ? Double(NumberText.short(mean)) ?? mean : mean) }
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(numbers.count - 1)).squareRoot()
    return .text("\(NumberText.short(mean)) ± \(NumberText.short(deviation))")
  }
}

extension SessionRecord {
  func runs(named name: String) -> [RecordedRun] {
    guard let history = try? history() else { return [] }
    return runNumbers(named: name).map { RecordedRun(id: $0, history: history) }
  }
}

extension String {
  /// Whether the text fits a pattern in which `*` stands for anything.
  func matches(pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return self == pattern }
    guard hasPrefix(parts[0]), hasSuffix(parts[parts.count - 1]), count >= parts[0].count + parts[parts.count - 1].count else { return false }
    var rest = dropFirst(parts[0].count).dropLast(parts[parts.count - 1].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
