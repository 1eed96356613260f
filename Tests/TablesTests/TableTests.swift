import Foundation
import SourceText
import Tables
import Testing

@Suite struct TableTests {
  private let table = ResultTable(
    columns: ["id", "name", "std", "top1"],
    rows: [
      [.integer(41), .text("triplet, \"without\" re"), .number(0.0610352), .number(33.125)],
      [.integer(7), .text("naïve|50% 表"), .number(.nan), .missing]
    ])

  @Test func aligned() {
    #expect(
      table.rendered(as: .table) == """
        id  name                         std    top1
        --  ---------------------  ---------  ------
        41  triplet, "without" re  0.0610352  33.125
         7  naïve|50% 表                 nan       -
        """)
  }

  /// Texts give way to the width of the terminal, numbers do not.
  @Test func narrow() {
    #expect(
      table.rendered(as: .table, width: 35) == """
        id  name                std    top1
        --  ------------  ---------  ------
        41  triplet, ...  0.0610352  33.125
         7  naïve|50% 表        nan       -
        """)
  }

  /// The list of runs fits a terminal of 80 columns; what programs read is whole.
  @Test func listOfRuns() {
    let runs = ResultTable(
      columns: ["id", "name", "state", "verdict", "loss", "top1", "std", "mr", "steps", "when"],
      rows: [
        [
          .integer(1), .text("naive"), .text("finished"), .text("full"), .text("-Za . Zb"), .number(10.15625), .number(0.00764761),
          .number(0.12993), .integer(250), .text("2024-11-23 00:41")
        ]
      ])
    #expect(
      runs.rendered(as: .table, width: 80) == """
        id  name   state     verdict  loss      top1      std    mr  steps  when
        --  -----  --------  -------  --------  ----  -------  ----  -----  -------
         1  naive  finished  full     -Za . Zb  10.2  0.00765  0.13    250  2024-11
        """)
    #expect(runs.rendered(as: .table, width: 120).contains("2024-11-23 00:41"))
    #expect(runs.rendered(as: .csv).contains("10.15625,0.00764761,0.12993,250,2024-11-23 00:41"))
  }

  /// What is too wide all the same comes in blocks, each with the first column.
  @Test func tooNarrow() {
    #expect(
      table.rendered(as: .table, width: 20) == """
        id  name
        --  ----------------
        41  triplet, "wit...
         7  naïve|50% 表

        id        std
        --  ---------
        41  0.0610352
         7        nan

        id    top1
        --  ------
        41  33.125
         7       -
        """)
    for width in 0...60 {
      let lines = table.rendered(as: .table, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { DisplayText.width(of: String($0)) <= max(width, 9) })
    }
  }

  @Test func csv() {
    #expect(
      table.rendered(as: .csv) == """
        id,name,std,top1
        41,"triplet, ""without"" re",0.0610352,33.125
        7,naïve|50% 表,nan,
        """)
    let odd = ResultTable(columns: ["a\nb"], rows: [[.text("")], [.text("c\r\nd")], [.number(-.infinity)]])
    #expect(odd.rendered(as: .csv) == "\"a\nb\"\n\"\"\n\"c\r\nd\"\n-inf")
  }

  @Test func json() throws {
    let text = table.rendered(as: .json)
    #expect(
      text == """
        [{"id": 41, "name": "triplet, \\"without\\" re", "std": 0.0610352, "top1": 33.125}, \
        {"id": 7, "name": "naïve|50% 表", "std": null, "top1": null}]
        """)
    let odd = ResultTable(
      columns: ["x", "x"], rows: [[.text("\u{1B}[31m\t\u{0}\\"), .number(-0.0)], [.number(1e300), .number(1 / 3)]])
    let rendered = odd.rendered(as: .json)
    let read = try JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [[String: Any]]
    #expect(read?[0]["x"] as? String == "\u{1B}[31m\t\u{0}\\")
    #expect(read?[1]["x_2"] as? Double == 0.333333333)
    #expect(!rendered.contains("\n"))
  }

  @Test func documents() {
    #expect(
      table.rendered(as: .markdown) == """
        | id | name | std | top1 |
        | --: | --- | --: | --: |
        | 41 | triplet, "without" re | 0.0610352 | 33.125 |
        | 7 | naïve\\|50% 表 | nan |  |
        """)
    #expect(
      ResultTable(columns: ["a_b"], rows: [[.text("50% & {x} \\ ^~ #1 $")], [.number(.infinity)], [.missing]])
        .rendered(as: .latex) == """
          \\begin{tabular}{l}
          \\toprule
          a\\_b \\\\
          \\midrule
          50\\% \\& \\{x\\} \\textbackslash{} \\textasciicircum{}\\textasciitilde{} \\#1 \\$ \\\\
          $\\infty$ \\\\
          -- \\\\
          \\bottomrule
          \\end{tabular}
          """)
  }

  /// What a user named a run never reaches the terminal as an escape sequence, and rows of the wrong length harm nothing.
  @Test func oddContents() {
    let odd = ResultTable(columns: ["a", "b"], rows: [[.text("x\u{1B}[2J\n")], [.text("1"), .text("2"), .text("3")]])
    #expect(odd.rendered(as: .table) == "a       b\n------  -\nx␛[2J␊  -\n1       2")
    for format in TableFormat.allCases {
      #expect(!odd.rendered(as: format).contains("\u{1B}") || format == .csv)
      _ = ResultTable(columns: [], rows: [[.missing], []]).rendered(as: format, width: 0)
      _ = ResultTable(columns: ["a"]).rendered(as: format, width: 0)
    }
  }

  @Test(arguments: [
    (0.6, "0.6"), (1, "1"), (-0.5, "-0.5"), (1e-5, "1e-05"), (-0.0, "0"), (1234567, "1234567"), (1234567.5, "1.23457e+06"), (0.1 + 0.2, "0.3"),
    (.nan, "nan"), (-.infinity, "-inf"), (100, "100"), (Double.leastNonzeroMagnitude, "4.94066e-324"),
    (-Double.greatestFiniteMagnitude, "-1.79769e+308")
  ])
  func numbers(value: Double, text: String) { #expect(NumberText.display(value) == text) }

  @Test func numbersAsData() {
    #expect(NumberText.data(1.0 / 3) == "0.333333333")
    #expect(NumberText.json(.nan) == "null")
    #expect(NumberText.json(16_777_217) == "16777217")
  }
}
