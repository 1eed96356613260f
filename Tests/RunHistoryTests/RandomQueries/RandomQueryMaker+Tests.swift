import TestSupport

// Tests of settings, texts, labels and dates.
extension RandomQueryMaker {
  private static let signs = ["=", "!=", "<", "<=", ">", ">="]
  private static let mirrored = ["=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="]

  /// A sign, and the text of a comparison by it, now and then the other way round.
  mutating func compared(_ subject: String, with other: String) -> (sign: String, text: String) {
    let sign = random.pick(Self.signs)
    return (sign, random.chance(0.25) ? "\(other) \(Self.mirrored[sign] ?? sign) \(subject)" : "\(subject) \(sign) \(other)")
  }

  /// True of rows that compare so; of `!=`, of whatever has no equal row.
  static func any(_ rows: String, _ value: String, _ sign: String, _ other: String) -> String {
    sign == "!="
      ? "(NOT EXISTS (SELECT 1 FROM \(rows) AND \(value) = \(other)))" : "EXISTS (SELECT 1 FROM \(rows) AND \(value) \(sign) \(other))"
  }

  mutating func settingTest() -> Part {
    let name = random.pick(Self.numberSettings)
    let rows = "settings WHERE run_id = r.id AND name = '\(name)'"
    let value = "coalesce(number, flag)"
    let number = random.pick(RandomHistory.numbers)
    switch random.integer(0...5) {
    case 0:
      let other = random.pick([number * 10, 2])
      return Part("\(name) between \(number) and \(other)", Self.any(rows, value, "BETWEEN \(number) AND", "\(other)"), .comparison)
    case 1:
      return Part(
        "\(name) in [\(number), 0.1..0.6, 64]",
        "EXISTS (SELECT 1 FROM \(rows) AND (\(value) IN (\(number), 64) OR \(value) BETWEEN 0.1 AND 0.6))", .comparison)
    case 2:
      let flag = random.pick(["true", "false"])
      let name = random.pick(["nesterov", "tau"])
      let sign = random.pick(["=", "!="])
      return Part(
        "\(name) \(sign) \(flag)",
        Self.any("settings WHERE run_id = r.id AND name = '\(name)'", "coalesce(flag, number)", sign, flag == "true" ? "1" : "0"), .comparison)
    case 3:
      // What two settings are, numbers or texts, is compared like with like.
      let pair = random.pick([("encoder", "predictor"), ("lr", "tau"), ("tau", "warmup"), ("tau", "encoder")])
      let (sign, text) = compared(pair.0, with: pair.1)
      let both = "settings a JOIN settings b USING (run_id) WHERE run_id = r.id AND a.name = '\(pair.0)' AND b.name = '\(pair.1)'"
      let equal = sign == "!=" ? "=" : sign
      let exists =
        "EXISTS (SELECT 1 FROM \(both) AND (coalesce(a.number, a.flag) \(equal) coalesce(b.number, b.flag) OR a.text \(equal) b.text))"
      return Part(text, sign == "!=" ? "(NOT \(exists))" : exists, .comparison)
    default:
      let (sign, text) = compared(name, with: "\(number)")
      return Part(text, Self.any(rows, value, sign, "\(number)"), .comparison)
    }
  }

  /// A text that a run has one of: the name, and the rows and the column that it is found in.
  private mutating func text() -> (name: String, rows: String, value: String, examples: [String]) {
    switch random.integer(0...4) {
    case 0: return ("name", "runs WHERE id = r.id", "name", RandomHistory.names)
    case 1: return ("state", "runs WHERE id = r.id", "state", ["running", "finished", "failed", "dead"])
    case 2: return ("verdict", "verdicts WHERE run_id = r.id", "word", ["full", "partial", "no", "diverged"])
    default:
      let name = random.pick(Self.textSettings)
      return (name, "settings WHERE run_id = r.id AND name = '\(name)'", "text", RandomHistory.texts + ["0.5", "true", "zz"])
    }
  }

  mutating func textTest() -> Part {
    let (name, rows, value, examples) = text()
    let example = random.pick(examples)
    // Words that mean nothing else need no quotes beside a text.
    let isWord = ["mlp", "resnet18", "full", "partial", "running", "finished", "Naive", "SimSiam"].contains(example)
    let written = isWord && random.chance(0.5) ? example : example.inSiam
    switch random.integer(0...6) {
    case 0: return search(name, rows, value)
    case 1:
      let other = random.pick(examples)
      let list = "\(example.inSQL), \(other.inSQL)"
      return Part("\(name) in [\(written), \(other.inSiam)]", "EXISTS (SELECT 1 FROM \(rows) AND \(value) IN (\(list)))", .comparison)
    case 2:
      let other = random.pick(examples)
      return Part(
        "\(name) between \(written) and \(other.inSiam)", Self.any(rows, value, "BETWEEN \(example.inSQL) AND", other.inSQL), .comparison)
    default:
      let (sign, text) = compared(name, with: written)
      return Part(text, Self.any(rows, value, sign, example.inSQL), .comparison)
    }
  }

  private mutating func search(_ name: String, _ rows: String, _ value: String) -> Part {
    if random.chance(0.4) {
      let part = random.pick(["l", "net", "Si", "ful", ",", "e"])
      return Part("\(name) contains \"\(part)\"", "EXISTS (SELECT 1 FROM \(rows) AND \(value) GLOB '*\(part)*')", .comparison)
    }
    let (typed, pattern) = random.pick([
      ("%e%", "%e%"), ("*LP", "%LP"), ("m*", "m%"), ("_lp", "_lp"), ("%", "%"), ("*", "%"), ("s*m", "s%m"), ("x%*", "x%*"), ("full", "FULL")
    ])
    return Part("\(name) like \"\(typed)\"", "EXISTS (SELECT 1 FROM \(rows) AND \(value) LIKE '\(pattern)')", .comparison)
  }

  /// One of a run's labels must do, the same for both ends of `between`.
  mutating func labelTest() -> Part {
    if random.chance(0.3) { return search("note", "notes WHERE run_id = r.id", "text") }
    let rows = "tags WHERE run_id = r.id"
    let tag = random.pick(RandomHistory.tags + ["nowhere"])
    let written = random.chance(0.5) ? tag : tag.inSiam
    switch random.integer(0...4) {
    case 0: return search("tag", rows, "tag")
    case 1: return Part("tag in [\(written), m5]", "EXISTS (SELECT 1 FROM \(rows) AND tag IN (\(tag.inSQL), 'm5'))", .comparison)
    case 2:
      let other = random.pick(RandomHistory.tags)
      return Part("tag between \(written) and \(other)", Self.any(rows, "tag", "BETWEEN \(tag.inSQL) AND", other.inSQL), .comparison)
    default:
      let (sign, text) = compared("tag", with: written)
      return Part(text, Self.any(rows, "tag", sign, tag.inSQL), .comparison)
    }
  }

  mutating func dateTest() -> Part {
    let name = random.pick(["started", "ended", "when"])
    let column = name == "when" ? "started" : name
    let (date, value, bound) = random.chance(0.5) ? ago(column) : day(column)
    if date.isEmpty {
      return Part("\(name) between 2015-03-01 and 2015-12", "ifnull(\(value) BETWEEN '2015-03' AND '2015-12', 0)", .comparison)
    }
    let (sign, text) = compared(name, with: date)
    return Part(text, Self.any("runs WHERE id = r.id", value, sign, bound), .comparison)
  }

  private mutating func ago(_ column: String) -> (date: String, value: String, bound: String) {
    let (date, modifier) = random.pick([
      ("-7d", "-7 days"), ("-1h", "-1 hours"), ("\"-3h\"", "-3 hours"), ("-2w", "-14 days"), ("-1month", "-31 days"), ("-1y", "-365 days"),
      ("-90min", "-90 minutes"), ("-10s", "-10 seconds")
    ])
    return (date, column, "strftime('%Y-%m-%d %H:%M:%f', 'now', '\(modifier)')")
  }

  /// A stretch of time compares as the part of a date that it names.
  private mutating func day(_ column: String) -> (date: String, value: String, bound: String) {
    func part(_ format: String) -> String { "strftime('\(format)', \(column), 'localtime')" }
    let day = random.pick(RandomHistory.days)
    switch random.integer(0...4) {
    case 0: return ("\"\(day.prefix(7))\"", part("%Y-%m"), "'\(day.prefix(7))'")
    case 1: return ("\"\(day) 12:00\"", part("%Y-%m-%d %H:%M"), "'\(day) 12:00'")
    case 2: return ("", part("%Y-%m"), "")
    default: return (random.chance(0.5) ? day : day.inSiam, part("%Y-%m-%d"), "'\(day)'")
    }
  }
}
