import Notebooks
import SourceText
import TestSupport
import Testing

/// A file taken apart into cells, and put together again.
@Suite struct NotebookTests {
  private static let example = """
    #!/usr/bin/env siam
    # ## What a random negative does
    # It repels the center.

    let Ge = -Zn; loss -Za . sg(Zb + oe)   # both on a line
    for i in 1..2 {
      # inside
      print i
    }
    #> 1
    #> 2

    # The sum:
    #>
    print [1,
      2]
    print 3
    #>   x
    """

  private func notebook(_ text: String) throws -> Notebook { try Notebook(SourceFile(name: "test.siam", text: text)) }

  @Test func cells() throws {
    let notebook = try notebook(Self.example)
    #expect(notebook.cells.map(\.line) == [5, 6, 15, 17])
    #expect(notebook.cells.map(\.statements.count) == [2, 1, 1, 1])
    #expect(notebook.cells[0].source == "let Ge = -Zn; loss -Za . sg(Zb + oe)   # both on a line")
    // Prose may stand between a statement and its output.
    #expect(notebook.cells.map(\.recorded) == [nil, ["1", "2", ""], nil, ["  x"]])
    #expect(notebook.cells[1].recordedLine == 10)
    guard case .prose(let prose) = notebook.blocks[0] else {
      Issue.record("the notebook begins with prose")
      return
    }
    #expect(prose.markdown.hasPrefix("## What a random negative does\nIt repels the center.\n"))
  }

  @Test(arguments: [
    "", "\n", "# only prose", "print 1", "print 1\n#> 1", "print 1\r\n#> 1\r\n", "\u{FEFF}print 1\n", "print 1;print 2;\n\n\n#>x", example
  ])
  func nothingIsLost(text: String) throws {
    #expect(try Array(notebook(text).text.utf8) == Array(text.utf8))
  }

  /// Lines of every kind in any order, with either newline, ended by one or not.
  @Test func nothingIsLostInAnyOrder() throws {
    let lines = [
      "", "# prose", "  # indented", "#> 1", "#>", "  #> 2  ", "print 1", "print 1; print 2  # both", "for i in 1..2 {\n  print i\n}",
      "let x = [1,\n2]", "\t",
      "#~ tolerance 0.1", "sql SELECT 1 # 2", "print \"#> no output\"", "#>ü"
    ]
    var random = SplitMix64(state: 7)
    var count = 0
    for _ in 0..<3_000 {
      let newline = Bool.random(using: &random) ? "\n" : "\r\n"
      var text = (0..<Int.random(in: 0...8, using: &random)).map { _ in lines.randomElement(using: &random) ?? "" }.joined(separator: newline)
      if Bool.random(using: &random) { text += newline }
      guard let notebook = try? notebook(text) else { continue }
      count += 1
      #expect(Array(notebook.text.utf8) == Array(text.utf8))
      // The blocks of what is written are those that were read, whatever stands in the outputs.
      let replaced = try self.notebook(notebook.text { $0 % 2 == 0 ? ["new", "", "  lines"] : [] })
      #expect(replaced.cells.map(\.source) == notebook.cells.map(\.source))
      #expect(replaced.cells.enumerated().allSatisfy { $1.recorded == ($0 % 2 == 0 ? ["new", "", "  lines"] : nil) })
      #expect(prose(replaced) == prose(notebook))
    }
    // Those that begin with an output are no notebooks.
    #expect(count > 1_500)
  }

  private func prose(_ notebook: Notebook) -> String {
    notebook.blocks.map { if case .prose(let prose) = $0 { prose.span.text } else { "" } }.joined()
      .split(whereSeparator: \.isNewline).joined(separator: "\n")
  }

  @Test func replacing() throws {
    let text = "print 1\r\n#> 1\r\n# prose\r\n#> more\r\n\r\nprint 2"
    #expect(try notebook(text).text { $0 == 0 ? ["one", ""] : ["two"] } == "print 1\r\n#> one\r\n#>\r\n# prose\r\n\r\nprint 2\r\n#> two")
    #expect(try notebook(text).text { _ in [] } == "print 1\r\n# prose\r\n\r\nprint 2")
  }

  @Test func mistakes() throws {
    #expect(throws: Diagnostic.self) { try notebook("#> 1\nprint 1\n") }
    #expect(throws: Diagnostic.self) { try notebook("#~ tolerance much\nprint 1\n") }
    #expect(throws: Diagnostic.self) { try notebook("#~ tolerence 1\nprint 1\n") }
    #expect(throws: Diagnostic.self) { try notebook("print (1\n") }
  }

  @Test func directives() throws {
    let notebook = try notebook("print 1\n#~ tolerance 0.1\nprint 2\n#~ tolerance 1e-2 absolute 3\nprint 3\n#~ tolerance standard\nprint 4\n")
    #expect(
      notebook.cells.map(\.tolerance) == [nil, Tolerance(relative: 0.1), Tolerance(relative: 0.01, absolute: 3), nil])
  }

  /// What would move the cursor, or end the line, is shown by a sign.
  @Test func outputIsPlainText() {
    #expect(OutputText.lines(of: ["a\tb\u{1B}[31m  \n\nc\r", "d"]) == ["a␉b␛[31m", "", "c␍", "d"])
  }
}
