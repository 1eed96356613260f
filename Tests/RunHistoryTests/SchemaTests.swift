import Foundation
import RunHistory
import Testing

@Suite("The schema is as documented")
struct SchemaTests {
  /// The views of `SCHEMA.md`: the heading of each and the first cells of its table.
  private static func documented() throws -> [String: [String]] {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/RunHistory/SCHEMA.md").standardized
    var views: [String: [String]] = [:]
    var view: String?
    for line in try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("## ") { view = nil }
      if line.hasPrefix("### ") { view = String(line.dropFirst(4)) }
      guard let view, line.hasPrefix("| "), !line.hasPrefix("| ---"), !line.hasPrefix("| Column") else { continue }
      views[view, default: []].append(line.split(separator: "|")[0].trimmingCharacters(in: .whitespaces))
    }
    return views
  }

  @Test func viewsAndTheirColumns() throws {
    let place = try TemporaryHistory()
    _ = try place.open()
    let documented = try Self.documented()
    let views = try place.shell("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
    #expect(views == documented.keys.sorted())
    for view in views {
      #expect(try place.shell("SELECT name FROM pragma_table_info('\(view)') ORDER BY cid") == documented[view], "\(view)")
    }
  }

  /// What other programs read of an older version they read of this one, in the same order: columns are added at the end alone.
  @Test func whatAnOlderVersionShowedStays() throws {
    let place = try TemporaryHistory()
    _ = try place.open()
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures").path
    for name in try FileManager.default.contentsOfDirectory(atPath: fixtures) where name.hasSuffix(".sqlite") {
      let older = place.folder.path + "/" + name
      try FileManager.default.copyItem(atPath: fixtures + "/" + name, toPath: older)
      let views = try place.shell("SELECT name FROM sqlite_schema WHERE type = 'view'", of: older)
      #expect(views.count >= 13)
      for view in views {
        let columns = "SELECT name FROM pragma_table_info('\(view)') ORDER BY cid"
        #expect(try place.shell(columns).starts(with: try place.shell(columns, of: older)), "\(name): \(view)")
      }
    }
  }

  @Test func tablesAreNamedOnThePage() throws {
    let place = try TemporaryHistory()
    _ = try place.open()
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/RunHistory/SCHEMA.md").standardized
    let section = try #require(
      try String(contentsOf: page, encoding: .utf8).components(separatedBy: "## Tables of version 2").last)
    for table in try place.shell("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
      #expect(section.contains(table), "\(table)")
    }
  }

  @Test func forgottenRunsAreInNoView() throws {
    let place = try TemporaryHistory()
    let history = try place.open()
    let run = try history.add("a", settings: [("lr", .number(0.5))], loss: "-Za . sg(Zb)", series: ["mr": [1]], verdict: "no")
    try history.note(run, "a note")
    try history.tag(run, "table3")
    try history.addArtifact(run, kind: "plot", path: "a.svg")
    func rows() throws -> [String] {
      try place.shell("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").map { view in
        "\(view) \(try place.shell("SELECT count(*) FROM \(view)")[0])"
      }
    }
    #expect(try rows().filter { $0.hasSuffix(" 0") } == ["metric_formula 0", "run_evidence 0", "run_statements 0"])
    try history.forget(run)
    #expect(try rows().allSatisfy { $0.hasSuffix(" 0") })
    try history.restore(run)
    #expect(try rows().filter { $0.hasSuffix(" 1") }.count == 10)
  }
}
