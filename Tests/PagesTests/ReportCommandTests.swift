import Foundation
import TestSupport
import Testing

/// `siam run FILE --report PAGE`, as it is called.
@Suite struct ReportCommandTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let notebook = """
    # # Two *steps*
    # <b>Prose</b> with `code`.
    data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16; loss -Za . sg(Zb)
    train 2 steps as "<i>a</i>"

    # ## What came of it
    table verdict, steps
    #> something else
    plot mo
    plot mr
    print "done"

    """

  private func siam(_ arguments: String..., input: String = "") throws -> SiamProcess { try SiamProcess.run(arguments, input: input, home: home) }

  private func page(_ name: String) throws -> String { try String(contentsOfFile: home.path + "/" + name, encoding: .utf8) }

  private func hasFile(_ name: String) -> Bool { FileManager.default.fileExists(atPath: home.path + "/" + name) }

  @Test func page() throws {
    try home.write(Self.notebook, to: "n.siam")
    let run = try siam("run", "n.siam", "--set", "tau=0.5", "--report", "pages/n.html")
    #expect(run.status == 0 && run.output.hasSuffix("done\n") && run.errors.hasSuffix("report: pages/n.html\n"), Comment(rawValue: run.errors))
    let page = try page("pages/n.html")
    #expect(PageChecker.problem(in: page) == nil)
    #expect(page.contains("<h1>Two <em>steps</em></h1>") && page.contains("<p>&lt;b&gt;Prose&lt;/b&gt; with <code>code</code>.</p>"))
    #expect(page.contains("<span class=\"line\" id=\"line-4\" data-line=\"4\"><span class=\"s-keyword\">train</span> "))
    // Its own answers, and not the recorded ones.
    #expect(page.contains("<td class=\"short\" style=\"text-align:left\">&lt;i&gt;a&lt;/i&gt;</td>") && !page.contains("something else"))
    // The run, its link and its report.
    #expect(page.contains("<a href=\"#run-1\">run 1 · &lt;i&gt;a&lt;/i&gt; · collapse: ") && page.contains("<div id=\"run-1\" class=\"report\">"))
    #expect(page.contains("<h4>formulas</h4>") && page.contains("<h4>environment</h4>") && page.contains("<a href=\"#line-4\">line 4</a>"))
    // How it was made.
    #expect(page.contains("siam run n.siam --set tau=0.5 --report pages/n.html") && page.contains("history.sqlite") && page.contains("OpenBLAS"))
    #expect(page.contains("<pre class=\"warning\">warning: `--set tau=0.5` had no effect"))
    let pictures = page.matches(of: /<figure>/).count
    #expect(pictures == 2)
  }

  /// Without gnuplot plots are drawn in characters. With it, a script needs no permission for them: the report was asked for by whoever started it.
  @Test func plots() throws {
    try home.write(Self.notebook, to: "n.siam")
    #expect(try siam("run", "n.siam", "--report", "n.html").status == 0)
    if FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot") {
      #expect(try page("n.html").matches(of: /<figure><svg [^>]*aria-label="Plot: m[or]"/).count == 2)
    }
    let bare = try SiamProcess.run(["run", "n.siam", "--report", "n.html"], home: home, changes: ["PATH": "/nowhere"])
    #expect(bare.status == 0)
    let page = try page("n.html")
    #expect(page.contains("<figure><pre>mo\n") && !page.contains("<svg") && PageChecker.problem(in: page) == nil)
    try home.write("print 1\nplot sin against x in 0..1 to \"a.svg\"\n", to: "to.siam")
    let refused = try siam("run", "to.siam", "--report", "to.html")
    #expect(refused.status == 2 && !hasFile("a.svg"))
    #expect(try self.page("to.html").contains("It ended with an error. 2 further statements were not run."))
  }

  @Test func markdown() throws {
    try home.write(Self.notebook, to: "n.siam")
    #expect(try siam("run", "n.siam", "--report", "n.md").status == 0)
    let text = try page("n.md")
    #expect(text.hasPrefix("# Two *steps*\n\n\\<b>Prose\\</b> with `code`.\n\n```siam\ndata shapes"))
    #expect(
      text.contains("| \\<i>a\\</i> | ") && text.contains("```text\nmo\n") && text.contains("](#run-1)") && text.contains("<a id=\"run-1\"></a>"))
    #expect(
      text.contains("<details><summary>run 1 · &lt;i&gt;a&lt;/i&gt; · collapse: ") && text.contains("\n## Settings\n")
        && text.contains("\n### Versions\n"))
  }

  /// Up to and with what ended it.
  @Test func failed() throws {
    let quickstart = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../examples/quickstart.siam")
      .standardizedFileURL
    let lines = try String(contentsOf: quickstart, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasPrefix("expect") }) + 1
    let run = try siam("run", quickstart.path, "--set", "length=3", "--report", "q.html")
    #expect(run.status == 1)
    let page = try page("q.html")
    #expect(PageChecker.problem(in: page) == nil)
    #expect(page.contains("<h1>Siam in a minute</h1>") && page.contains("It failed. 2 further statements were not run."))
    #expect(page.contains("quickstart.siam:\(line):8: error: ") && !page.contains("data-line=\"\(line + 1)\""))
    #expect(page.contains("2 runs</a>") && page.contains("length = 3"))
  }

  @Test func noNotebook() throws {
    try home.write("# # Broken\nprint 1\nprint ((\n", to: "n.siam")
    let run = try siam("run", "n.siam", "--report", "n.html")
    #expect(run.status == 2 && run.output == "")
    let page = try page("n.html")
    #expect(page.contains("id=\"line-3\"") && page.contains("n.siam:3:8: error: ") && PageChecker.problem(in: page) == nil)
  }

  @Test func standardInput() throws {
    let run = try siam("run", "-", "--report", "n.html", input: "# # Typed\nprint 1 + 1\n")
    #expect(run.status == 0 && run.output == "2\n")
    #expect(try page("n.html").contains("<h1>Typed</h1>"))
  }

  /// Found out before anything is run.
  @Test(arguments: [
    ("n.txt", "`--report n.txt`: a report ends in .html or .md."), ("n", "a report ends in .html or .md."),
    ("n.siam/page.html", "the report cannot be written to `n.siam/page.html`: its folder cannot be made"),
    ("folder.html", "`folder.html` is a folder: the report cannot be written there"),
    ("/proc/page.html", "`/proc/page.html` cannot be written: ")
  ])
  func unwritable(path: String, message: String) throws {
    try home.write("print 1\n", to: "n.siam")
    try FileManager.default.createDirectory(atPath: home.path + "/folder.html", withIntermediateDirectories: true)
    let run = try siam("run", "n.siam", "--report", path)
    #expect(run.status == 2 && run.output == "" && run.errors.contains(message), Comment(rawValue: run.errors))
  }

  @Test func noFile() throws {
    let run = try siam("run", "none.siam", "--report", "n.html")
    #expect(run.status == 2 && !hasFile("n.html"))
    #expect(try siam("run", "n.siam", "--point", "0", "--report", "n.html").errors.contains("`--report` is of a whole script"))
  }

  /// What is there is replaced as a whole, with its mode.
  @Test func replaced() throws {
    try home.write("print 1\n", to: "n.siam")
    #expect(try siam("run", "n.siam", "--report", "n.html", "--quiet").errors == "")
    let path = home.path + "/n.html"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(try siam("run", "n.siam", "--report", "n.html", "--quiet").errors == "")
    #expect(try page("n.html").hasPrefix("<!DOCTYPE html>\n"))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let temporary = try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix(".siam-") }
    #expect(temporary == [])
  }
}
