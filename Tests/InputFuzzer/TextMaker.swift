import TestSupport

/// Texts by a grammar of the language that is wrong now and then.
struct TextMaker {
  private static let numbers = ["0", "1", "2", "-1", "0.5", "1e-3", "1e30", "1e999", "100", "7d", "9223372036854775808", "0x1", "1.", ".5"]
  private static let names = [
    "Za", "Zb", "oe", "re", "Ge", "Z[1]", "loss", "top1", "std", "mo", "mr", "lr", "encoder", "augment.crop", "collapsed", "step", "on", "x",
    "τ", "name", "tag", "started", "of", "train", "e\u{301}", "_", "run(\"a\").mo"
  ]
  /// Those that a history knows.
  private static let columns = [
    "loss", "top1", "std", "mr", "lr", "tau", "encoder", "augment.crop", "collapsed", "step", "name", "tag", "note", "ended", "x"
  ]
  private static let functions = [
    "sg", "norm", "mean", "max", "min", "first", "last", "count", "argmax", "cos", "run", "sum", "component", "freeze(h)", "randn", "abs", "nope"
  ]
  private static let operators = [
    "+", "-", "*", "/", "^", ".", "@", "==", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", "like", "contains", "..", "·", "≤", "**", "&&"
  ]
  private static let lines = [
    "let x = E", "val A = E on test", "val A = E on 2 batches", "loss E", "loss onesided E", "loss alternating E, E", "print E, E", "print \"a{E}b\"",
    "expect E", "track q = E every step", "for x in E { print x }", "if E { print 1 } else { print 2 }", "projector fc D + bn + relu",
    "module h = fc D/4 + bn(affine=false)", "predictor tanh(fc)", "data cifar10 or shapes train=64", "augment crop=0.2..1 flip=E", "seed E",
    "views 3",
    "batch E", "train fresh 2 steps as \"a\"", "train E", "history where Q", "history columns E, E sort E desc limit E format csv > \"x\"",
    "history where Q sort E limit 3", "sql SELECT 1", "table E, \"a\" = E of \"*\"", "plot E of 1, 2", "plot E against x in E to \"x.svg\"",
    "diff 1 2", "note \"x\"", "include \"a.siam\"", "use quick dim=E", "rate h lr=E", "decompose E", "show E", "reset", "help loss", "quit", "E"
  ]
  private static let oddities = [
    "\u{0}", "\u{1B}[31m", "\u{202E}", "\u{FEFF}", "\r", "\t", "\\", "\"", "'", "#", "{", "}", "(", "]", "\u{1F468}\u{200D}\u{1F469}", "表"
  ]

  /// A few statements.
  static func program(_ random: inout SplitMix64) -> String {
    (0..<random.integer(1...3)).map { _ in line(&random) }.joined(separator: random.pick(["\n", "; ", "\r\n"]))
  }

  static func line(_ random: inout SplitMix64) -> String {
    var text = ""
    for character in random.pick(lines) {
      switch character {
      case "E": text += expression(&random, height: random.integer(1...4))
      case "Q": text += condition(&random, height: random.integer(1...4))
      default: text.append(character)
      }
    }
    if random.chance(0.05) { text.insert(contentsOf: random.pick(oddities), at: text.indices.randomElement(using: &random) ?? text.startIndex) }
    return text
  }

  static func expression(_ random: inout SplitMix64, height: Int) -> String {
    guard height > 1, !random.chance(0.15) else { return random.pick(random.chance(0.5) ? names : numbers) }
    func inner() -> String { expression(&random, height: height - 1) }
    switch random.integer(0...10) {
    case 0, 1: return "\(random.pick(functions))(\(inner()))"
    case 2: return "\(random.pick(functions))(\(inner()), \(inner()))"
    case 3: return "(\(inner()))"
    case 4: return "\(random.pick(["-", "not "]))\(inner())"
    case 5: return "\(inner())'"
    case 6: return "[\(inner()), \(inner())]"
    case 7: return "sum(\(inner()) for x in \(inner()))"
    case 8: return "\(random.pick(["Z", "A"]))[\(inner()), :]"
    default: return "\(inner()) \(random.pick(operators)) \(inner())"
    }
  }

  /// What stands behind `where`.
  static func condition(_ random: inout SplitMix64, height: Int) -> String {
    func value() -> String { Self.value(&random) }
    if height > 1, random.chance(0.6) {
      let (left, right) = (condition(&random, height: height - 1), condition(&random, height: height - 1))
      return random.pick(["\(left) and \(right)", "\(left) or \(right)", "not \(left)", "(\(left))"])
    }
    let word = value()
    switch random.integer(0...9) {
    case 0: return "\(word) is missing"
    case 1: return "\(word) between \(value()) and \(value())"
    case 2: return "\(word) in [\(value()), \(value())]"
    case 3: return "\(word) like \"\(random.pick(["%", "a*", "_", "%%%%%%", "x"]))\""
    case 4: return "loss contains \(expression(&random, height: 3))"
    case 5: return "started \(random.pick(["<", ">", "=", "!="])) \(random.pick(["-7d", "2026-01-01", "\"2026-13\"", "today", "-999999y", "now"]))"
    case 6: return "\(random.pick(["first", "last", "count"]))(\(condition(&random, height: height - 1))) < \(value())"
    default: return "\(value()) \(random.pick(["=", "!=", "<", ">=", random.pick(operators)])) \(value())"
    }
  }

  /// What a comparison of a query compares.
  static func value(_ random: inout SplitMix64) -> String {
    let names = random.chance(0.9) ? columns : names
    switch random.integer(0...5) {
    case 0: return expression(&random, height: 2)
    case 1: return "\(random.pick(["first", "last", "min", "argmax", "count", "mean", "abs", "log"]))(\(random.pick(names)))"
    case 2: return "\(random.pick(names)) \(random.pick(["+", "-", "*", "/", "^"])) \(random.pick(numbers))"
    case 3: return random.pick(numbers)
    default: return random.pick(names)
    }
  }
}
