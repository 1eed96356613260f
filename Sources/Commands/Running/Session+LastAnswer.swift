import Experiments
import Syntax

extension Session {
  private static let answerName = "ans"

  /// What `ans` is, as strict JSON; nil where there is none yet, or where it has more entries than `count`.
  public func lastAnswer(atMost count: Int) -> String? {
    guard let value = answer, value.entryCount <= count else { return nil }
    return value.json
  }

  private var answer: Value? { experiment.definitions.constants[Self.answerName]?.value }

  /// Makes a value `ans`, unless the user has a formula of that name.
  func keepAnswer(_ value: Value) {
    guard experiment.definitions.formulas[Self.answerName] == nil else { return }
    experiment.definitions.set(Self.answerName, to: value, source: Self.answerName)
  }

  /// Writes `val ans = …` into the record before a statement that uses it: what prints is not recorded, and whoever repeats the statements needs
  /// the value that `ans` had. A formula looks at `ans` again whenever it is used itself, so behind one every new value is written.
  func transcribeAnswer(usedBy statement: Statement) {
    guard let answer else { return }
    let isUsed = statement.span.text.mentions(Self.answerName) && statement.boundAnswer == nil
    if isUsed, !statement.isValue { dependsOnAnswer = true }
    guard isUsed || dependsOnAnswer, let literal = answer.literal else { return }
    let line = "val \(Self.answerName) = \(literal)"
    if transcript.last(where: { $0.hasPrefix("val \(Self.answerName) = ") }) != line { transcribe(line) }
  }
}

extension Statement {
  fileprivate var isValue: Bool { if case .valBinding = kind { true } else { false } }
  /// `val ans = 3` needs no earlier one.
  fileprivate var boundAnswer: Binder? {
    guard case .valBinding(let name, let expression, _) = kind, name.name == "ans", !expression.mentionedNames.contains("ans") else { return nil }
    return name
  }
}

extension String {
  /// Whether a word stands in the text, as no part of a longer one.
  fileprivate func mentions(_ word: String) -> Bool {
    ranges(of: word).contains { range in
      let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
      let after = range.upperBound == endIndex ? nil : self[range.upperBound]
      return ![before, after].contains { $0.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
    }
  }
}

extension Value {
  fileprivate var entryCount: Int {
    switch self {
    case .number, .flag, .text, .missing: 1
    case .list(let items): items.reduce(0) { $0 + $1.entryCount }
    case .tensor(let tensor, _): tensor.values.count
    }
  }
}
