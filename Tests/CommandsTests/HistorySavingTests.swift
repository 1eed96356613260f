import Foundation
import TestSupport
import Testing

/// `history save "other.sqlite"`. That it holds what could not be written to the history's own file is tested with the recorder.
@Suite struct HistorySavingTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let training =
    "data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16; loss -Za . sg(Zb); train 3 steps as \"a\"; "

  private func siam(_ statements: String, db: String? = nil) throws -> SiamProcess {
    try SiamProcess.run((db.map { ["--db", $0] } ?? []) + ["-e", statements], home: home, folder: home.path)
  }

  private func shell(_ path: String, _ sql: String) throws -> String { try ExternalProgram.run("sqlite3", "-readonly", path, sql).output }

  @Test(arguments: [nil, ":memory:"]) func theCopyIsAHistoryOfItsOwn(db: String?) throws {
    let saved = try siam(Self.training + "history save \"copy.sqlite\"", db: db)
    #expect(saved.status == 0 && saved.errors.contains("copy.sqlite: 1 run"), Comment(rawValue: saved.errors))
    let path = home.path + "/copy.sqlite"
    #expect(
      try shell(path, "PRAGMA integrity_check; SELECT name, state, steps FROM run_list; SELECT count(*) FROM metric_series")
        == "ok\na|finished|3\n20\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix("copy.sqlite") }
    #expect(names == ["copy.sqlite"])
    #expect(try siam("verify a", db: path).status == 0)
  }

  /// A table in a file has the format that the file's name ends in, unless `format` says another.
  @Test func theNameOfAFileSaysItsFormat() throws {
    let targets = ["> \"r.csv\"", "> \"r.json\"", "> \"r.MD\"", "> \"r.tex\"", "> \"r.txt\"", "format table > \"plain.csv\""]
    let written = try siam(Self.training + targets.map { "history columns name, steps \($0)" }.joined(separator: "; "))
    try #require(written.status == 0, Comment(rawValue: written.errors))
    func file(_ name: String) throws -> String { try String(contentsOfFile: home.path + "/" + name, encoding: .utf8) }
    #expect(try file("r.csv") == "name,steps\na,3\n")
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(file("r.json").utf8)) as? [[String: Any]])
    #expect(rows.count == 1 && rows[0]["steps"] as? Int == 3)
    #expect(try file("r.MD").hasPrefix("| name"))
    #expect(try file("r.tex").contains("\\begin{tabular}"))
    #expect(try file("r.txt") == file("plain.csv") && file("r.txt").hasPrefix("name  steps"))
  }

  @Test func nothingIsOverwritten() throws {
    let path = home.path + "/mine.txt"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    let saved = try siam(Self.training + "history save \"mine.txt\"")
    #expect(saved.status == 2 && saved.errors.contains("error: `mine.txt` is there already; it was left as it is"), Comment(rawValue: saved.errors))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
    let lost = try siam("history save \"nowhere/copy.sqlite\"")
    #expect(
      lost.status == 1 && lost.errors.contains("error: the history `") && lost.errors.contains("nowhere/copy.sqlite"), Comment(rawValue: lost.errors))
  }
}
