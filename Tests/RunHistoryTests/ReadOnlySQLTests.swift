import Foundation
import RunHistory
import SourceText
import Tables
import Testing

@Suite("sql reads, and only reads")
struct ReadOnlySQLTests {
  let place: TemporaryHistory
  let history: RunHistory

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
    try history.add("a", series: ["top1": [1, 36.21], "loss": [.nan, .infinity]])
    try history.add("b", series: ["top1": [1, 47.41]])
    _ = try place.shell("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  @Test func theExampleOfThePage() throws {
    let table = try history.sql("SELECT name, max_value FROM metric_summary WHERE metric = 'top1'")
    #expect(
      table == ResultTable(columns: ["name", "max_value"], rows: [[.text("a"), .number(36.21)], [.text("b"), .number(47.41)]]))
  }

  @Test func everyKindOfCell() throws {
    let table = try history.sql("SELECT 1, 2.5, 'x', NULL, x'00ff', value FROM metric_series WHERE kind = 'inf';")
    #expect(table.rows == [[.integer(1), .number(2.5), .text("x"), .missing, .text("x'00ff'"), .number(.infinity)]])
  }

  @Test func withAndExplainAndTheSchema() throws {
    #expect(
      try history.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n").rows
        == [[.integer(15)]])
    #expect(try history.sql("SELECT count(*) FROM sqlite_schema WHERE type = 'view'").rows == [[.integer(13)]])
    #expect(try !history.sql("PRAGMA table_info(runs)").rows.isEmpty)
    #expect(try !history.sql("EXPLAIN QUERY PLAN SELECT * FROM run_list").rows.isEmpty)
  }

  @Test(
    "a write is refused, and the bytes stay",
    arguments: [
      "DELETE FROM runs", "UPDATE runs SET name = 'x'", "INSERT INTO tags VALUES (1, 'x')", "DROP TABLE runs",
      "CREATE TABLE x (y)",
      "CREATE TEMP TABLE x (y)", "PRAGMA user_version = 9", "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = 1",
      "VACUUM",
      "ATTACH '/tmp/other.sqlite' AS other", "BEGIN", "REINDEX", "SELECT load_extension('x')", "VACUUM INTO '/tmp/copy.sqlite'",
      "WITH x AS (SELECT 1) DELETE FROM runs", "EXPLAIN DELETE FROM runs", "PRAGMA query_only = 0"
    ])
  func refused(text: String) throws {
    let before = try place.bytes()
    let error = #expect(throws: Diagnostic.self) { try history.sql(text) }
    #expect(error?.message == "`sql` only reads the history: this statement would do more, so it was not run")
    #expect(try place.bytes() == before)
    #expect(try history.runCount() == 2)
  }

  @Test("in memory as well", arguments: ["DELETE FROM runs", "PRAGMA user_version = 9", "ATTACH ':memory:' AS x"])
  func refusedInMemory(text: String) throws {
    let memory = try RunHistory(at: .memory)
    try memory.add("a")
    #expect(throws: Diagnostic.self) { try memory.sql(text) }
    #expect(try memory.runCount() == 1)
  }

  @Test func oneStatementAtATime() {
    let error = #expect(throws: Diagnostic.self) { try history.sql("SELECT 1; DELETE FROM runs") }
    #expect(error?.message == "`sql` runs one statement at a time")
  }

  @Test func nothing() {
    let error = #expect(throws: Diagnostic.self) { try history.sql(" ; ") }
    #expect(error?.message == "`sql` wants a statement")
  }

  @Test func theCaretStandsUnderTheWord() throws {
    let file = SourceFile(name: "<prompt>", text: "sql SELECT nmae FROM run_list")
    let error = #expect(throws: Diagnostic.self) { try history.sql("SELECT nmae FROM run_list", at: SourceSpan(file, 4..<29)) }
    #expect(error?.message == "SQLite: no such column: nmae")
    #expect(error?.site?.text == "nmae")
  }

  @Test func noSuchTable() {
    let error = #expect(throws: Diagnostic.self) { try history.sql("SELECT * FROM run") }
    #expect(error?.message == "SQLite: no such table: run")
    #expect(error?.hints == ["`sql SELECT name FROM sqlite_schema WHERE type = 'view'` lists what there is"])
  }

  @Test func anEndlessQueryIsStopped() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    let error = #expect(throws: Diagnostic.self) { try history.sql(endless, shouldStop: { true }) }
    #expect(error?.message == "the query was interrupted")
  }

  @Test func tooManyRows() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    let error = #expect(throws: Diagnostic.self) { try history.sql(endless) }
    #expect(error?.message == "the query answers with more than 100000 rows")
  }

  @Test func anotherWriterIsSeen() throws {
    #expect(try history.sql("SELECT count(*) FROM run_list").rows == [[.integer(2)]])
    try place.open().add("c")
    #expect(try history.sql("SELECT count(*) FROM run_list").rows == [[.integer(3)]])
  }
}
