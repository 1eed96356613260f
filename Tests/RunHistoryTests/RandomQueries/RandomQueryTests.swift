import Foundation
import RunHistory
import SourceText
import Tables
import TestSupport
import Testing

/// A thousand random questions to a random history, each answered by Siam and by the sqlite3 shell from SQL written without Siam.
@Suite struct RandomQueryTests {
  private static let queries = 1_000

  /// `SIAM_TEST_SEED=7` asks others.
  private static let seed = ProcessInfo.processInfo.environment["SIAM_TEST_SEED"].flatMap { UInt64($0) } ?? 1

  @Test func answersAsSQLDoes() throws {
    let place = try TemporaryHistory()
    let history = try place.open()
    var random = SplitMix64(state: Self.seed)
    let made = try RandomHistory(in: history, at: place, &random)
    var maker = RandomQueryMaker(seed: random.next(), losses: made.losses)
    let queries = (0..<Self.queries).map { _ in maker.query() }
    let expected = try shellAnswers(to: queries, place)
    var listed = 0
    var failures = 0
    for (number, query) in queries.enumerated() {
      let answer = answer(to: query, history)
      listed += answer.count
      guard answer != expected[number] else { continue }
      failures += 1
      if failures <= 5 {
        Issue.record(
          """
          seed \(Self.seed), query \(number): \(query.text)
          SQL: \(query.sql)
          Siam answers \(answer.joined(separator: " / "))
          SQL answers  \(expected[number].joined(separator: " / "))
          """)
      }
    }
    #expect(failures == 0, "of \(Self.queries) queries, seed \(Self.seed)")
    // They ask for some of the runs, neither for none nor for all.
    #expect((10 * Self.queries...60 * Self.queries).contains(listed), "\(listed) rows")
  }

  private func answer(to query: RandomQuery, _ history: RunHistory) -> [String] {
    do {
      return try history.ask(query.text).rows.map { $0.map(\.comparable).joined(separator: "|") }
    } catch let error as Diagnostic {
      return ["refused: \(DiagnosticRenderer().render(error))"]
    } catch {
      return ["refused: \(error)"]
    }
  }

  /// All at once: a mark before each answer, and a line for each row of it.
  private func shellAnswers(to queries: [RandomQuery], _ place: TemporaryHistory) throws -> [[String]] {
    let mark = "# "
    let script = place.folder.appendingPathComponent("queries.sql")
    let lines = [RandomQueryMaker.view] + queries.enumerated().map { "SELECT '\(mark)\($0)';\n\($1.sql)" }
    try Data(lines.joined(separator: ";\n").appending(";\n").utf8).write(to: script)
    var answers: [[String]] = []
    for line in try place.shell(".read \(script.path)") {
      if line.hasPrefix(mark) {
        answers.append([])
      } else {
        let cells = line.split(separator: "\u{1F}", omittingEmptySubsequences: false)
        answers[answers.count - 1].append(cells.map(Self.comparable).joined(separator: "|"))
      }
    }
    try #require(answers.count == queries.count)
    return answers
  }

  /// A value as SQLite's `quote` writes it: a text in quotes, a number in all its digits.
  private static func comparable(_ quoted: Substring) -> String {
    if quoted == "NULL" { return "-" }
    return Double(quoted).map { "\($0 + 0)" } ?? String(quoted.dropFirst().dropLast()).replacing("''", with: "'")
  }
}

extension ResultTable.Cell {
  /// Whole numbers and others are compared alike.
  fileprivate var comparable: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(Double(number))"
    case .number(let number): "\(number + 0)"
    case .missing: "-"
    }
  }
}
