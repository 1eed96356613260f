/// A question, as Siam is asked it and as SQL over the tables themselves. Every condition in SQL is 0 or 1, never NULL: it asks whether
/// rows are there.
struct RandomQuery {
  let text: String
  let sql: String
}

extension RandomQuery {
  /// A part of a query. `rank` is how tightly its outermost operator binds; what binds less than its place wants stands in parentheses.
  struct Part {
    var text: String
    var sql: String
    var rank: Rank
    /// The metrics whose steps a condition on series looks at.
    var metrics: Set<String> = []

    /// In the order of the grammar.
    enum Rank: Int { case or, and, not, comparison, sum, product, unary, power, whole }

    init(_ text: String, _ sql: String, _ rank: Rank = .whole, metrics: Set<String> = []) {
      (self.text, self.sql, self.rank, self.metrics) = (text, sql, rank, metrics)
    }

    func text(atLeast rank: Rank) -> String { self.rank.rawValue < rank.rawValue ? "(\(text))" : text }
  }

  /// What can be sorted by and shown.
  struct Column {
    let text: String
    /// What orders the runs, NULL where nothing does.
    let key: String
    /// What a cell shows.
    let cell: String
  }
}
