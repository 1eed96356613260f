import TestSupport

// Numbers, conditions on series, and what is sorted by and shown.
extension RandomQueryMaker {
  typealias Column = RandomQuery.Column

  mutating func numberTest() -> Part {
    let subject = number(height: random.integer(1...3))
    switch random.integer(0...7) {
    case 0:
      return Part(
        "\(subject.text(atLeast: .sum)) between -0.5 and 3", "ifnull(\(subject.sql) BETWEEN -0.5 AND 3, 0)", .comparison)
    case 1:
      return Part(
        "\(subject.text(atLeast: .sum)) in [1, 0.25, 2..5]",
        "(ifnull(\(subject.sql) IN (1, 0.25), 0) OR ifnull(\(subject.sql) BETWEEN 2 AND 5, 0))", .comparison)
    default:
      let other = random.chance(0.7) ? literal() : number(height: 2)
      let (sign, text) = compared(subject.text(atLeast: .sum), with: other.text(atLeast: .sum))
      return Part(text, Self.holds(subject.sql, sign, other.sql), .comparison)
    }
  }

  /// A comparison with what is not there does not hold, so that `!=` does.
  private static func holds(_ left: String, _ sign: String, _ right: String) -> String {
    sign == "!=" ? "(NOT ifnull(\(left) = \(right), 0))" : "ifnull(\(left) \(sign) \(right), 0)"
  }

  private mutating func literal() -> Part {
    let number = random.pick([0, 0.25, 0.5, 1, 2, 3, 7, 64])
    return random.chance(0.2) ? Part("-\(number)", "(-\(number))", .unary) : Part("\(number)", "\(number)")
  }

  private mutating func number(height: Int) -> Part {
    guard height > 1, random.chance(0.6) else { return value() }
    let left = number(height: height - 1)
    switch random.integer(0...7) {
    case 0: return Part("-\(left.text(atLeast: .unary))", "(- \(left.sql))", .unary)
    case 1:
      let function = random.pick(["abs", "sqrt", "exp"])
      return Part("\(function)(\(left.text))", "\(function)(\(left.sql))")
    case 2: return Part("\(left.text(atLeast: .whole))^2", "pow(\(left.sql), 2)", .power)
    default: return arithmetic(left, number(height: height - 1))
    }
  }

  private mutating func arithmetic(_ left: Part, _ right: Part) -> Part {
    let sign = random.pick(["+", "-", "*", "/"])
    let rank: Part.Rank = sign == "+" || sign == "-" ? .sum : .product
    return Part(
      "\(left.text(atLeast: rank)) \(sign) \(right.text(atLeast: rank == .sum ? .product : .unary))",
      "(\(left.sql) \(sign == "/" ? "* 1.0 /" : sign) \(right.sql))", rank, metrics: left.metrics.union(right.metrics))
  }

  private mutating func value() -> Part {
    switch random.integer(0...9) {
    case 0: return literal()
    case 1:
      let name = random.pick(Self.numberSettings)
      return Part(name, "(SELECT coalesce(number, flag) FROM settings WHERE run_id = r.id AND name = '\(name)')")
    case 2:
      let name = random.pick(["id", "steps", "seed", "line"])
      return Part(name, "r.\(name)")
    case 3:
      return Part("seconds", "round((julianday(coalesce(r.ended, r.heartbeat)) - julianday(r.started)) * 86400, 3)")
    case 4, 5: return overSteps()
    default: return reduction()
    }
  }

  private mutating func reduction() -> Part {
    let metric = random.pick(RandomHistory.metrics)
    let rows = "FROM points WHERE run = r.id AND metric = '\(metric)'"
    if random.chance(0.2) { return Part(metric, "(SELECT value \(rows) ORDER BY step DESC LIMIT 1)") }
    let (name, sql) = random.pick([
      ("first", "value \(rows) ORDER BY step LIMIT 1"), ("last", "value \(rows) ORDER BY step DESC LIMIT 1"), ("min", "min(value) \(rows)"),
      ("max", "max(value) \(rows)"), ("mean", "avg(value) \(rows) AND abs(value) < 9e999"),
      ("argmin", "step \(rows) AND value IS NOT NULL ORDER BY value, step LIMIT 1"),
      ("argmax", "step \(rows) AND value IS NOT NULL ORDER BY value DESC, step LIMIT 1"), ("count", "count(*) \(rows)")
    ])
    return Part("\(name)(\(metric))", "(SELECT \(sql))")
  }

  /// `first(P)`, `last(P)`, `count(P)`: over the steps `t` at which a metric in P has a value.
  private mutating func overSteps() -> Part {
    let condition = stepCondition(height: random.integer(1...3))
    let metrics = condition.metrics.sorted().map(\.inSQL).joined(separator: ", ")
    let (name, sql) = random.pick([("first", "min(t.step)"), ("first", "min(t.step)"), ("last", "max(t.step)"), ("count", "count(*)")])
    return Part(
      "\(name)(\(condition.text))",
      "(SELECT \(sql) FROM (SELECT DISTINCT step FROM points WHERE run = r.id AND metric IN (\(metrics))) t WHERE \(condition.sql))")
  }

  private mutating func stepCondition(height: Int) -> Part {
    guard height > 1, random.chance(0.7) else { return stepTest() }
    switch random.integer(0...4) {
    case 0, 1: return junction("and", .and, stepCondition(height: height - 1), stepCondition(height: height - 1))
    case 2, 3: return junction("or", .or, stepCondition(height: height - 1), stepCondition(height: height - 1))
    default: return negation(of: stepCondition(height: height - 1))
    }
  }

  private mutating func stepTest() -> Part {
    let metric = random.pick(RandomHistory.metrics)
    let rows = "points p WHERE p.run = r.id AND p.metric = '\(metric)' AND p.step = t.step"
    let bound = random.pick([-0.5, 0, 0.25, 0.75])
    switch random.integer(0...7) {
    case 0:
      return Part("\(metric) is missing", "(NOT EXISTS (SELECT 1 FROM \(rows) AND p.value IS NOT NULL))", .comparison, metrics: [metric])
    case 1:
      return Part("\(metric) between 0 and 0.5", Self.any(rows, "p.value", "BETWEEN 0 AND", "0.5"), .comparison, metrics: [metric])
    case 2: return Part("\(metric) in [\(bound), 1]", "EXISTS (SELECT 1 FROM \(rows) AND p.value IN (\(bound), 1))", .comparison, metrics: [metric])
    case 3:
      let (sign, text) = compared("step", with: "\(random.integer(2...9))")
      let bounded = Part(text, text.replacing("step", with: "t.step"), .comparison)
      guard sign != "!=" else { return stepTest() }
      return junction("and", .and, stepTest(), bounded)
    case 4: return stepArithmetic(metric)
    default:
      let (sign, text) = compared(metric, with: "\(bound)")
      return Part(text, Self.any(rows, "p.value", sign, "\(bound)"), .comparison, metrics: [metric])
    }
  }

  /// A metric beside another one, a setting, or what the whole series comes to.
  private mutating func stepArithmetic(_ metric: String) -> Part {
    func atStep(_ metric: String) -> Part {
      Part(metric, "(SELECT value FROM points WHERE run = r.id AND metric = '\(metric)' AND step = t.step)", metrics: [metric])
    }
    let other = random.pick([atStep(random.pick(RandomHistory.metrics)), reduction(whole: true), literal()])
    let left = random.chance(0.5) ? arithmetic(atStep(metric), other) : atStep(metric)
    let right = random.pick([other, literal()])
    let (sign, text) = compared(left.text(atLeast: .sum), with: right.text(atLeast: .sum))
    return Part(text, Self.holds(left.sql, sign, right.sql), .comparison, metrics: left.metrics.union(right.metrics))
  }

  /// A reduction that is written as a call: a bare name is the value at the step.
  private mutating func reduction(whole: Bool) -> Part {
    while true {
      let reduction = reduction()
      if reduction.text.contains("(") { return reduction }
    }
  }

  mutating func column() -> Column {
    switch random.integer(0...7) {
    case 0:
      let name = random.pick(Self.settings)
      let row = "FROM settings WHERE run_id = r.id AND name = '\(name)')"
      return Column(
        text: name, key: "(SELECT coalesce(number, flag, text) \(row)",
        cell: "(SELECT coalesce(number, text, iif(flag, 'true', 'false')) \(row)")
    case 1:
      let (name, sql) = random.pick([
        ("name", "r.name"), ("state", "r.state"), ("verdict", "(SELECT word FROM verdicts WHERE run_id = r.id)"), ("script", "r.script")
      ])
      return Column(text: name, key: "lower(\(sql))", cell: sql)
    case 2:
      let name = random.pick(["started", "ended"])
      return Column(text: name, key: "r.\(name)", cell: "datetime(r.\(name), 'localtime')")
    case 3:
      let rows = "FROM (SELECT tag FROM tags WHERE run_id = r.id ORDER BY tag)"
      return Column(text: "tag", key: "(SELECT min(tag) \(rows))", cell: "(SELECT group_concat(tag, ', ') \(rows))")
    case 4:
      let condition = truth(height: 2)
      return Column(text: "(\(condition.text))", key: "iif(\(condition.sql), 1, 0)", cell: "iif(\(condition.sql), 'true', 'false')")
    case 5:
      let number = number(height: 2)
      return number.rank == .whole ? column() : Column(text: number.text(atLeast: .sum), key: number.sql, cell: number.sql)
    default:
      let reduction = reduction(whole: true)
      // NaN, not nothing, where there are rows.
      let metric = reduction.text.split { "()".contains($0) }[1]
      if reduction.text.hasPrefix("count(") { return Column(text: reduction.text, key: reduction.sql, cell: reduction.sql) }
      let isThere = "EXISTS (SELECT 1 FROM points WHERE run = r.id AND metric = '\(metric)')"
      return Column(text: reduction.text, key: reduction.sql, cell: "iif(\(isThere), ifnull(\(reduction.sql), 'nan'), NULL)")
    }
  }
}
