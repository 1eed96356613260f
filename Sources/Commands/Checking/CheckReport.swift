import Experiments
import SourceText

/// What a check has found that its script would train, and what that would cost.
struct CheckReport {
  /// One `train`, as often as it comes up under one name and at one cost.
  struct Row {
    let file: String
    let line: Int
    let name: String
    let cost: RunCost
    var count = 1

    /// Of all its runs.
    var seconds: Double { Double(count) * cost.seconds }
  }

  private(set) var rows: [Row] = []

  mutating func add(_ cost: RunCost, name: String, at site: SourceSpan) {
    let known = rows.firstIndex { row in
      row.file == site.file.name && row.line == site.line && row.name == name && row.cost == cost
    }
    if let known {
      rows[known].count += 1
    } else {
      rows.append(Row(file: site.file.name, line: site.line, name: name, cost: cost))
    }
  }

  /// In the order of their first use.
  var datasets: [String] {
    rows.reduce(into: []) { names, row in
      if !names.contains(row.cost.step.dataset) { names.append(row.cost.step.dataset) }
    }
  }
  var runCount: Int { rows.reduce(0) { $0 + $1.count } }
  var steps: Int { rows.reduce(0) { $0 + $1.count * $1.cost.steps } }
  var flops: Double { rows.reduce(0) { $0 + Double($1.count * $1.cost.steps) * $1.cost.step.flops } }
  var seconds: Double { rows.reduce(0) { $0 + $1.seconds } }
  /// One run follows another, so the most that any of them needs.
  var memoryBytes: Int { rows.map(\.cost.step.memoryBytes).max() ?? 0 }
}
