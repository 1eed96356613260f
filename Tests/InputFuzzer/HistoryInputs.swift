import Foundation
import RunHistory
import SourceText
import Syntax
import TestSupport

/// Questions to a history.
final class QueryInputs: InputKind {
  static let name = "query"
  static let share = 100
  private let history: RunHistory

  init(folder: String) throws {
    history = try RunHistory(at: .memory)
    for index in 1...4 {
      var run = RunDescription(name: "a\(index)")
      run.settings = [("lr", .number(0.5)), ("encoder", .text("mlp")), ("tau", index == 1 ? .flag(true) : .text("x")), ("augment.crop", .number(1))]
      let loss = try Parser.expression(of: SourceFile(name: "loss", text: "-Za . sg(Zb + oe)"))
      run.formulas = [FormulaRecord(typed: loss.source, expanded: loss.source, trees: [loss])]
      let id = try history.begin(run)
      for step in 1...index {
        history.record(id, step: step, [("top1", Double(step)), ("mr", step == 2 ? .nan : 0.5), ("std", 1 / Double(step - 1))])
      }
      try history.tag(id, "paper")
      try history.finish(id, state: .finished, verdict: RunVerdict(word: "no", sentence: "no"))
    }
  }

  func make(_ random: inout SplitMix64) -> [UInt8] {
    let clauses = [
      "where " + TextMaker.condition(&random, height: random.integer(1...5)), "sort " + TextMaker.value(&random),
      "columns " + TextMaker.value(&random) + ", " + TextMaker.value(&random), "limit " + random.pick(["1", "0", "9223372036854775807", "1e999"])
    ]
    let kept = random.chance(0.6) ? Array(clauses.prefix(1)) : clauses.filter { _ in random.chance(0.5) }
    let text = Array("history \(kept.joined(separator: " "))".utf8)
    return random.chance(0.7) ? text : random.damaged(text, with: text)
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    let file = SourceFile(name: "input", text: String(decoding: input, as: UTF8.self))
    guard let statements = try? Parser.statements(of: file, mode: .script) else { return false }
    for case .history(let statement) in statements.map(\.kind) where statement.run == nil && statement.copy == nil {
      do {
        let answer = try history.list(statement)
        if answer.rows.count > 4 { throw WrongAnswer("\(answer.rows.count) of 4 runs") }
        try checkHalves(of: statement)
      } catch let error as Diagnostic {
        if error.site == nil { throw WrongAnswer("no place: \(error.message)") }
        return try TextInputs.check(error)
      } catch let error as WrongAnswer {
        throw error
      } catch {
        throw WrongAnswer("\(error)")
      }
    }
    return true
  }

  /// Every run is on one side of a condition.
  private func checkHalves(of statement: HistoryStatement) throws {
    guard let filter = statement.filter, !filter.span.text.contains("forgotten"), filter.height < 50 else { return }
    let counts = try ["", "not "].map { word in
      let text = "history where \(word)(\(filter.span.text)\n) columns id"
      guard case .history(let half)? = try Parser.statements(of: SourceFile(name: "half", text: text), mode: .script).first?.kind else { return 0 }
      return try history.list(half).rows.count
    }
    if counts[0] + counts[1] != 4 { throw WrongAnswer("\(counts[0]) runs, and \(counts[1]) of which it does not hold") }
  }
}

/// Dates.
final class DateInputs: InputKind {
  static let name = "date"
  static let share = 100
  private static let sound = [
    "-7d", "2026-11-01", "2026-11", "2026-11-01 14:30", "2026-11-01T14:30:59", "today", "yesterday", "now", "90min", "- 3 month", "12y"
  ]

  init(folder: String) {}

  func make(_ random: inout SplitMix64) -> [UInt8] {
    func number(_ range: ClosedRange<Int>) -> Int { random.chance(0.9) ? random.integer(range) : random.integer(0...9_999) }
    let sound = Array(random.pick(Self.sound).utf8)
    switch random.integer(0...3) {
    case 0: return Array("-\(random.integer(0...999_999))\(random.pick(["s", "min", "h", "d", "w", "month", "y", "x"]))".utf8)
    case 1: return Array("\(number(0...9_999))-\(number(1...12))-\(number(1...31)) \(number(0...24)):\(number(0...60))".utf8)
    default: return random.damaged(sound, with: sound)
    }
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    guard let date = DateLiteral(String(decoding: input, as: UTF8.self)) else { return false }
    guard date.start <= date.end, date.end.timeIntervalSince(date.start) <= 32 * 86_400 else {
      throw WrongAnswer("from \(date.start) to \(date.end)")
    }
    return true
  }
}

/// Trees as another program may have written them into a history.
final class TreeInputs: InputKind {
  static let name = "tree"
  static let share = 150

  init(folder: String) {}

  func make(_ random: inout SplitMix64) -> [UInt8] {
    let file = SourceFile(name: "loss", text: TextMaker.expression(&random, height: 5))
    let tree = Array(((try? Parser.expression(of: file)).map { CanonicalTree($0).text } ?? "(+ (* a b) (sg (+ a b \"c)\\\"\")) a a)").utf8)
    return random.chance(0.2) ? tree : random.damaged(tree, with: tree)
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    let parts = ["Zb", "(+ a b)", "(sg (+ oe Zb))", "(* 2 x)"]
    for part in parts { _ = CanonicalTree.contains(text, part) }
    let pattern = random.chance(0.5) ? text : String(decoding: random.damaged(input, with: input), as: UTF8.self)
    let isThere = CanonicalTree.contains(text, pattern)
    // A whole contains itself; as what is damaged may be no tree at all, this holds of sound ones.
    let file = SourceFile(name: "sound", text: text)
    if let sound = try? Parser.expression(of: file), !CanonicalTree(sound).contains(CanonicalTree(sound)) {
      throw WrongAnswer("\(CanonicalTree(sound).text) does not contain itself")
    }
    return isThere
  }
}
