import TestSupport

/// Makes questions at random, each in Siam's words and in SQL that owes nothing to the compiler of queries: metrics are taken from the rows of
/// their series, of which `points` is a view, not from their summaries.
struct RandomQueryMaker {
  typealias Part = RandomQuery.Part

  static let settings = ["lr", "batch", "encoder", "predictor", "nesterov", "tau", "augment.crop", "warmup"]
  static let textSettings = ["encoder", "predictor", "tau", "augment.crop"]
  static let numberSettings = ["lr", "batch", "tau", "warmup"]
  static let view = """
    CREATE TEMP VIEW points AS SELECT s.run_id AS run, m.name AS metric, s.step, s.value FROM series s JOIN metrics m ON m.id = s.metric_id
    """

  var random: SplitMix64
  /// The runs' formulas, of which `contains` is asked.
  let losses: [Int64: RandomLoss]

  /// They again, in the order of the runs.
  private let formulas: [RandomLoss]

  init(seed: UInt64, losses: [Int64: RandomLoss]) {
    random = SplitMix64(state: seed)
    self.losses = losses
    formulas = losses.sorted { $0.key < $1.key }.map(\.value)
  }

  mutating func query() -> RandomQuery {
    var clauses: [String] = []
    var chosen = "r.forgotten IS NULL"
    let hasFilter = random.chance(0.92)
    if hasFilter {
      let filter = condition(height: random.integer(1...4))
      clauses.append("where \(filter.text)")
      chosen = filter.text.contains("forgotten") ? filter.sql : "\(chosen) AND \(filter.sql)"
    }
    let keys = random.chance(0.5) ? (0..<random.integer(1...3)).map { _ in (column(), random.pick(["", " asc", " desc"])) } : []
    if !keys.isEmpty { clauses.append("sort " + keys.map { $0.text + $1 }.joined(separator: ", ")) }
    let shown = (0..<random.integer(0...2)).map { _ in column() }
    clauses.append("columns " + (["id"] + shown.map(\.text)).joined(separator: ", "))
    let limit = random.chance(0.3) ? random.pick([0, 1, 5, 30]) : nil
    if let limit { clauses.append("limit \(limit)") }
    let order = keys.map { "\($0.key) \($1 == " desc" ? "DESC" : "ASC") NULLS LAST" } + ["r.id DESC"]
    let cells = (["r.id"] + shown.map(\.cell)).map { "quote(\($0))" }.joined(separator: " || char(31) || ")
    return RandomQuery(
      text: "history " + clauses.shuffled(using: &random).joined(separator: " "),
      sql: "SELECT \(cells) FROM runs r WHERE \(chosen) ORDER BY \(order.joined(separator: ", "))"
        + " LIMIT \(limit ?? (hasFilter ? -1 : 20))")
  }

  mutating func condition(height: Int) -> Part {
    guard height > 1, random.chance(0.8) else { return test() }
    switch random.integer(0...8) {
    case 0...2: return junction("and", .and, condition(height: height - 1), condition(height: height - 1))
    case 3...5: return junction("or", .or, condition(height: height - 1), condition(height: height - 1))
    case 6, 7: return negation(of: condition(height: height - 1))
    default:
      // Conditions are numbers too.
      let (left, right) = (truth(height: height - 1), truth(height: height - 1))
      let sign = random.pick(["=", "!=", "<="])
      return Part("(\(left.text)) \(sign) (\(right.text))", "(\(left.sql) \(sign) \(right.sql))", .comparison)
    }
  }

  /// A condition that is true or false in a comparison too, where a setting of its own would be its value.
  mutating func truth(height: Int) -> Part {
    let part = condition(height: height)
    return Self.settings.contains(part.text) ? Part("not not \(part.text)", part.sql, .not) : part
  }

  mutating func junction(_ word: String, _ rank: Part.Rank, _ left: Part, _ right: Part) -> Part {
    let isBare = random.chance(0.7)
    let above: Part.Rank = rank == .and ? .not : .and
    return Part(
      "\(left.text(atLeast: isBare ? rank : .whole)) \(word) \(right.text(atLeast: isBare ? above : .whole))",
      "(\(left.sql) \(word) \(right.sql))", rank, metrics: left.metrics.union(right.metrics))
  }

  mutating func negation(of part: Part) -> Part {
    Part("not \(part.text(atLeast: random.chance(0.7) ? .not : .whole))", "(NOT \(part.sql))", .not, metrics: part.metrics)
  }

  /// A condition without `and`, `or` and `not`.
  private mutating func test() -> Part {
    switch random.integer(0...13) {
    case 0: flag()
    case 1, 2: settingTest()
    case 3, 4: textTest()
    case 5: labelTest()
    case 6, 13: dateTest()
    case 7: missingTest()
    case 8: lossTest()
    default: numberTest()
    }
  }

  private mutating func flag() -> Part {
    let (text, sql) = random.pick([
      ("collapsed", "EXISTS (SELECT 1 FROM verdicts WHERE run_id = r.id AND word = 'full')"),
      ("diverged", "(r.state = 'diverged' OR EXISTS (SELECT 1 FROM verdicts WHERE run_id = r.id AND word = 'diverged'))"),
      ("running", "(r.state = 'running')"), ("finished", "(r.state = 'finished')"), ("interrupted", "(r.state = 'interrupted')"),
      ("failed", "(r.state = 'failed')"), ("dead", "(r.state = 'dead')"), ("forgotten", "(r.forgotten IS NOT NULL)"),
      ("true", "1"), ("false", "0"), ("nesterov", "(r.id IN (SELECT run_id FROM settings WHERE name = 'nesterov' AND flag = 1))"),
      ("tau", "(r.id IN (SELECT run_id FROM settings WHERE name = 'tau' AND (flag = 1 OR number <> 0)))")
    ])
    return Part(text, sql)
  }

  private mutating func missingTest() -> Part {
    let rows = [
      ("name", "runs WHERE id = r.id AND name IS NOT NULL"), ("ended", "runs WHERE id = r.id AND ended IS NOT NULL"),
      ("script", "runs WHERE id = r.id AND script IS NOT NULL"), ("seed", "runs WHERE id = r.id AND seed IS NOT NULL"),
      ("verdict", "verdicts WHERE run_id = r.id"), ("tag", "tags WHERE run_id = r.id"), ("note", "notes WHERE run_id = r.id"),
      ("loss", "formulas WHERE run_id = r.id AND name = 'loss'")
    ]
    let settings = Self.settings.map { ($0, "settings WHERE run_id = r.id AND name = '\($0)'") }
    let metrics = RandomHistory.metrics.filter { $0 != "loss" }.map { ($0, "points WHERE run = r.id AND metric = '\($0)'") }
    let reductions = RandomHistory.metrics.map { ("max(\($0))", "points WHERE run = r.id AND metric = '\($0)'") }
    let (text, sql) = random.pick(rows + settings + metrics + reductions)
    return Part("\(text) is missing", "(NOT EXISTS (SELECT 1 FROM \(sql)))", .comparison)
  }

  private mutating func lossTest() -> Part {
    var pattern = RandomLoss(&random, height: 2)
    if random.chance(0.8) { pattern = random.pick(random.pick(formulas).subtrees) }
    if case .sum(let items) = pattern, items.count > 2, random.chance(0.5) { pattern = .sum(Array(items.shuffled(using: &random).prefix(2))) }
    let runs = losses.filter { $0.value.contains(pattern) }.keys.sorted().map(String.init)
    return Part("loss contains \(pattern.text(&random))", "(r.id IN (\(runs.joined(separator: ", "))))", .comparison)
  }
}

extension String {
  /// As SQL and Siam write a text; none here has a backslash.
  var inSQL: String { "'" + replacing("'", with: "''") + "'" }
  var inSiam: String { "\"" + replacing("\"", with: "\\\"") + "\"" }
}
