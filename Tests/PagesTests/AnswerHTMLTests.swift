import Commands
import Figures
import Pages
import RunHistory
import Tables
import Testing

@Suite struct AnswerHTMLTests {
  @Test func table() {
    let table = ResultTable(columns: ["name", "std"], rows: [[.text("naive"), .number(0.0076)], [.text("a<b"), .missing]])
    #expect(
      AnswerHTML.render(.table(table, .table)) == """
        <div class="scroll" style="overflow-x:auto"><table><thead><tr><th scope="col" style="text-align:left">name</th>\
        <th scope="col" style="text-align:right">std</th></tr></thead>\
        <tbody><tr><td class="short" style="text-align:left">naive</td><td class="short" style="text-align:right">0.0076</td></tr>
        <tr><td class="short" style="text-align:left">a&lt;b</td><td class="short" style="text-align:right">–</td></tr></tbody></table></div>
        """)
  }

  /// Who asks for a form gets its text.
  @Test func tableAsLaTeX() {
    let table = ResultTable(columns: ["x"], rows: [[.integer(3)]])
    #expect(AnswerHTML.render(.table(table, .csv)) == "<pre>x\n3</pre>")
    #expect(AnswerHTML.render(.table(table, .latex)).hasPrefix("<pre>\\begin{tabular}{r}\n"))
  }

  @Test func sections() {
    let pairs = ResultTable(columns: ["name", "value"], rows: [[.text("seed"), .integer(3)]])
    let sections = [
      RunReport.Section(title: "settings", content: .pairs(pairs)),
      RunReport.Section(title: "statements", content: .lines(["loss -Za . Zb", "print \"</pre>\""]))
    ]
    #expect(
      AnswerHTML.render(.sections(sections, .table)) == """
        <section><h4>settings</h4><div class="scroll" style="overflow-x:auto"><table><tbody>\
        <tr><th scope="row" style="text-align:left">seed</th><td class="short" style="text-align:left">3</td></tr></tbody></table></div></section>
        <section><h4>statements</h4><pre>loss -Za . Zb
        print &quot;&lt;/pre&gt;&quot;</pre></section>
        """)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("\"'&", "&quot;&#39;&amp;"), ("]]>", "]]&gt;"),
    ("</pre>", "&lt;/pre&gt;"), ("a\u{202E}b", "a&lt;U+202E&gt;b"), ("\u{1B}[31m\0", "␛[31m␀"), ("&lt;", "&amp;lt;"), ("e\u{301}表", "e\u{301}表"),
    ("\u{FFFE}", "\u{FFFD}"), ("<!--", "&lt;!--"), ("a\tb\nc", "a\tb\nc"), ("\r\n", "␍\n")
  ])
  func hostileText(text: String, escaped: String) {
    #expect(AnswerHTML.render(.text(text)) == "<pre>\(escaped)</pre>")
    let table = AnswerHTML.render(.table(ResultTable(columns: [text], rows: [[.text(text)]]), .table))
    #expect(table.contains("<th scope=\"col\" style=\"text-align:left\">\(escaped)</th>"))
    #expect(table.contains("<td class=\"short\" style=\"text-align:left\">\(escaped)</td>"))
  }

  /// A browser leaves out a newline right behind `<pre>`.
  @Test func newlineAtTheStart() {
    #expect(AnswerHTML.render(.text("\nx")) == "<pre>\n\nx</pre>")
  }

  /// A picture has its vertical axis labelled; what the terminal says of it under the drawing is said there alone.
  @Test(.enabled(if: Gnuplot.isInstalled)) func notesOfAPicture() {
    let panel = Panel(
      x: PlotAxis("component 1"), y: PlotAxis("component 2"), .points([PointGroup(title: "rows", points: [(x: 1, y: 2), (x: 2, y: 1)])]))
    let page = AnswerHTML.render(.figure(Figure([panel], notes: ["upwards: component 2", "3 rows are left out"])))
    #expect(page.contains("<figcaption>3 rows are left out</figcaption>") && !page.contains("upwards"))
    #expect(page.contains("component 2"))
  }
}
