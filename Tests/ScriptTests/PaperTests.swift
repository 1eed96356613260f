import Foundation
import TestSupport
import Testing

/// `scripts/paper`, on a folder with small notebooks of its own.
struct PaperTests {
  private let home: TemporaryFolder

  private var folder: String { home.path + "/notebooks" }

  init() throws {
    home = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("settings", "val seeds = [1, 2, 3]\n")
    try write(
      "table1",
      """
      # # Table 1: does a|b hold?
      #
      # The question of it,
      # in two lines.
      #
      # The paper: 46.57 %.
      #
      # Another paragraph.
      include "settings.siam"
      data shapes train=64 test=10
      use quick
      encoder convnet width=4
      batch 16
      loss -Za . sg(Zb)
      train fresh 2 steps as "small"
      table verdict, steps of "small"
      print seeds
      plot cos(x) against x in 0..6 to "plots/curve.svg"
      print "found: a; b"
      print "held: 3 of 3, seeds [1, 2, 3]"

      """)
    try write("zeta", "# # Zeta\nprint 1\nprint \"held: 1 of 3\"\n")
    try write("alpha", "# # Alpha\nprint \"before\"\nexpect 1 == 2\n")
  }

  private func write(_ name: String, _ text: String) throws {
    try home.write(text, to: "notebooks/\(name).siam")
  }

  private var options: [String] { ["--folder", folder, "--cache", home.path + "/cache"] }

  private func paper(_ arguments: String...) throws -> ScriptProcess {
    try ScriptProcess("paper", options + arguments, home: home)
  }

  private func report(_ path: String? = nil) throws -> String {
    try String(contentsOfFile: path ?? folder + "/RESULTS.md", encoding: .utf8)
  }

  /// Without what differs between two runs.
  private func lasting(_ report: String) -> [Substring] {
    report.split(separator: "\n").filter { !$0.hasPrefix("- ") }.map { $0.prefix { $0 != "·" } }.map { line in
      line.hasSuffix(" s |") ? line.dropLast(8) : line
    }
  }

  private func sections(_ report: String) -> [String] {
    report.components(separatedBy: "\n## ").dropFirst().map { String($0.prefix { $0 != "\n" }) }
  }

  @Test func reportsEachNotebook() throws {
    let run = try paper()
    // One fails, and is reported like the others.
    #expect(run.status == 1)
    #expect(run.errors.contains("paper: alpha FAILED with status 1"))
    let report = try report()
    #expect(sections(report) == ["Table 1: does a|b hold?", "Alpha", "Zeta"])
    #expect(report.contains("- Data: shapes: 64 train, 10 test, 3×32×32, 10 classes\n"))
    #expect(report.contains("- Verdicts held: in 1 of 3 notebooks\n"))
    #expect(report.contains("\n| [Table 1](table1.siam) | 46.57 %. | a; b | yes, 3 of 3 | 3: 1, 2, 3 | "))
    #expect(report.contains("\n| [Alpha](alpha.siam) | – | – | failed: exit status 1 | – | "))
    #expect(report.contains("\n| [Zeta](zeta.siam) | – | – | in part, 1 of 3 | 3 | "))
    #expect(report.contains("hold?\n\nThe question of it,\nin two lines.\n\n**The paper:** 46.57 %.\n\n[table1.siam](table1.siam) · "))
    #expect(report.contains("\n\n| run | verdict | steps |\n| --- | --- | --: |\n| small | "))
    #expect(report.contains("\n\n```text\n[1, 2, 3]\n```\n\n![curve](plots/curve.svg)\n\n**Found:** a; b\n\n**Held:** 3 of 3, seeds [1, 2, 3]\n"))
    #expect(report.contains("expected `1 == 2`"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/plots/curve.svg")).starts(with: Data("<?xml".utf8)))
    #expect(!report.contains("settings"))

    #expect(try paper("--report-only").status == 0)
    #expect(try self.report() == report)
  }

  /// The others stay as they were, also where their outputs are not here any more.
  @Test func updatesWhatIsNamed() throws {
    #expect(try paper().status == 1)
    let before = try report()
    try FileManager.default.removeItem(atPath: home.path + "/cache")
    try write("alpha", "# # Alpha\nprint \"before\"\nprint \"held: 2 of 2\"\n")
    #expect(try paper("--only", "alpha.siam").status == 0)
    let after = try report()
    #expect(after.contains("\n| [Alpha](alpha.siam) | – | – | yes, 2 of 2 | 2 | "))
    #expect(sections(after) == sections(before))
    let changed = lasting(after).difference(from: lasting(before))
    #expect(changed.insertions.count == 2 && changed.removals.count > 2, "\(changed)")
    #expect(FileManager.default.fileExists(atPath: folder + "/plots/curve.svg"))
  }

  @Test func saysThatANotebookHasChanged() throws {
    #expect(try paper("--only", "zeta").status == 0)
    try write("zeta", "# # Zeta\nprint 2\n")
    #expect(try paper("--report-only").status == 0)
    #expect(try report().contains(" · zeta.siam has changed since\n"))
    #expect(try report().contains("| [alpha](alpha.siam) | – | – | not run | – | – |"))
  }

  /// What other settings give is another report, whose links lead back.
  @Test func keepsOtherSettingsApart() throws {
    #expect(try paper("--only", "table1", "--set", "seeds=[7]").status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder + "/RESULTS.md"))
    let other = home.path + "/cache/set-seeds=-7"
    let report = try report(other + "/RESULTS.md")
    #expect(report.contains("- Options: --set seeds=[7]\n"))
    #expect(report.contains("\n```text\n[7]\n```\n"))
    #expect(FileManager.default.fileExists(atPath: other + "/plots/curve.svg"))
    let link = try #require(report.firstMatch(of: /\[Table 1\]\(([^)]*)\)/)).1
    #expect(FileManager.default.fileExists(atPath: other + "/" + link))
  }

  @Test func anInterruptLeavesTheReport() throws {
    #expect(try paper("--only", "zeta").status == 0)
    let before = try report()
    try write("zeta", "# # Zeta\nprint 2\n")
    try write("alpha", "data shapes train=64 test=10\nuse quick\nencoder convnet width=4\nbatch 16\nloss -Za . sg(Zb)\ntrain fresh 1000000 steps\n")
    let terminal = try PseudoTerminal(
      options + ["--jobs", "2", "--only", "zeta", "alpha"], program: ScriptProcess.folder + "/paper", home: home,
      changes: ["SIAM_BIN": SiamBinary.url.path])
    try terminal.expect("paper: zeta:")
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("interrupted; the report is as it was")
    #expect(try terminal.waitForEnd() == 130)
    #expect(try report() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/default").sorted() == ["zeta"])
    #expect(try paper("--report-only").status == 0)
    #expect(try report().contains("\n```text\n2\n```\n"))
  }

  @Test(arguments: [["--only", "nothing"], ["--only"], ["--jobs", "0"], ["--jobs"], ["--colour"], ["--folder", "/nowhere"]])
  func refuses(arguments: [String]) throws {
    let run = try ScriptProcess("paper", ["--folder", folder] + arguments, home: home)
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.hasSuffix("paper: --help tells the options\n"))
  }
}
