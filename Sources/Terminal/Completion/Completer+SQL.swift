import Commands

extension Completer {
  private static let keywords = [
    "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "JOIN", "ON", "USING", "AS", "AND", "OR", "NOT", "IN", "LIKE", "IS NULL", "DESC",
    "HAVING", "DISTINCT", "UNION ALL", "WITH", "count(", "min(", "max(", "avg(", "sum("
  ]

  /// Views behind `FROM` and `JOIN`; elsewhere the columns of those that the text names, or of all, and what SQL itself has.
  func sqlWords(_ before: ArraySlice<Token>) -> [Completion.Candidate] {
    let words = before.filter { $0.kind == .word }.map { $0.text.lowercased() }
    let views = vocabulary.views.map { Completion.Candidate($0.name) }
    let isBehindFrom = before.last.map { ["from", "join"].contains($0.text.lowercased()) } ?? false
    if isBehindFrom { return views }
    let named = vocabulary.views.filter { words.contains($0.name.lowercased()) }
    let columns = (named.isEmpty ? vocabulary.views : named).flatMap(\.columns)
    return columns.map { .init($0) } + named.map { .init($0.name) } + Self.keywords.map { .init($0) }
  }
}
