import SourceText
import Syntax

extension Session {
  /// Checks statement by statement, and goes on behind a mistake with what does not depend on it.
  ///
  /// - Throws: the last mistake; those before it are reported.
  func checkAll(of file: SourceFile) throws(StatementFailure) {
    let (statements, mistakes) = Parser.readableStatements(of: file)
    var problems: [StatementFailure] = []
    // What a line that could not be read would have defined is not known, so only what is read before the first such line is checked.
    let readable = statements.prefix { statement in
      mistakes.first?.site.map { statement.span.range.upperBound <= $0.range.lowerBound } ?? mistakes.isEmpty
    }
    var suspects = Suspects()
    for statement in readable where !suspects.concern(statement) {
      if Self.interruption.isRequested { throw .interrupted }
      do throws(StatementFailure) {
        try execute([statement])
        suspects.clear(by: statement)
      } catch .quit {
        break
      } catch .interrupted {
        throw .interrupted
      } catch {
        // A formula that is wrong is so wherever it is read.
        if !problems.contains(where: { $0.isSameMistake(as: error) }) { problems.append(error) }
        suspects.add(statement)
        if suspects.coverEverything { break }
      }
    }
    problems += mistakes.map { .wrong($0) }
    if problems.isEmpty { warnOfUnknownRuns(in: statements) }
    guard let last = problems.last else { return warnOfUnusedOverrides() }
    for problem in problems.dropLast() { report(problem) }
    throw last
  }

  /// What a statement that is wrong has left undefined.
  private struct Suspects {
    private var names: Set<String> = []
    private var isLossMissing = false
    /// Without data and network nothing behind can be judged.
    private(set) var coverEverything = false

    private static let foundations: Set = ["data", "use", "encoder", "projector", "predictor", "views", "teacher", "queue", "memory", "include"]

    mutating func add(_ statement: Statement) {
      for inner in [statement].withNested {
        if let name = inner.boundName { names.insert(name) }
        if case .layers(let name, _) = inner.kind { names.insert(name.name) }
        if case .loss = inner.kind { isLossMissing = true }
        if Self.foundations.contains(inner.keyword.name) { coverEverything = true }
      }
    }

    /// What is defined anew is known again.
    mutating func clear(by statement: Statement) {
      if let name = statement.boundName { names.remove(name) }
      if case .loss = statement.kind { isLossMissing = false }
    }

    func concern(_ statement: Statement) -> Bool {
      let words = Set(statement.source.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      if isLossMissing, !words.isDisjoint(with: ["train", "flow", "decompose", "loss"]), !isLoss(statement) { return true }
      guard !words.isDisjoint(with: names) else { return false }
      // Its own name alone, which it defines.
      guard let name = statement.boundName else { return true }
      let mentioned = statement.source.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      return !words.subtracting([name]).isDisjoint(with: names) || mentioned.count(where: { $0 == name }) > 1
    }

    private func isLoss(_ statement: Statement) -> Bool { if case .loss = statement.kind { true } else { false } }
  }
}

extension StatementFailure {
  fileprivate func isSameMistake(as other: StatementFailure) -> Bool {
    guard case .wrong(let mine) = self, case .wrong(let others) = other, let site = mine.site, let otherSite = others.site else { return false }
    return mine.message == others.message && site.range == otherSite.range && site.file.name == otherSite.file.name
  }
}
