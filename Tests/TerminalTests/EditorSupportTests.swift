import Foundation
import TestSupport
import Testing

/// What is made from declarations and committed is what this program would make.
@Suite struct EditorSupportTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")

  @Test(arguments: [
    ("manual", "docs/siam.1"), ("vim", "editors/vim/syntax/siam.vim"), ("textmate", "editors/vscode/syntaxes/siam.tmLanguage.json"),
    ("bash", "editors/shell/siam.bash"), ("zsh", "editors/shell/_siam"), ("fish", "editors/shell/siam.fish")
  ])
  func aFileIsUpToDate(product: String, file: String) throws {
    let made = try SiamProcess.run(["editor", product], home: try TemporaryFolder())
    #expect(made.status == 0)
    let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
    #expect(made.output == text, "`scripts/reference` brings \(file) up to date")
  }

  @Test func theManualNamesEveryOptionAndSubcommand() throws {
    let home = try TemporaryFolder()
    let manual = try SiamProcess.run(["editor", "manual"], home: home).output
    let help = try SiamProcess.run(["--help"], home: home).output
    for match in help.matches(of: /--([a-z-]+)/) { #expect(manual.contains("Fl -\(match.1)"), "\(match.1)") }
    for match in help.matches(of: /(?m)^  ([a-z]+) {2,}/) where match.1 != "help" { #expect(manual.contains(".It Cm \(match.1)"), "\(match.1)") }
  }

  @Test func theGrammarHasEveryStatement() throws {
    let grammar = try String(contentsOf: Self.root.appending(path: "editors/vscode/syntaxes/siam.tmLanguage.json"), encoding: .utf8)
    for keyword in ["let", "loss", "train", "history", "rerun", "export"] { #expect(grammar.contains("|\(keyword)|")) }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/man"))) func theManualRendersWithoutWarnings() throws {
    let path = Self.root.appending(path: "docs/siam.1").path
    let complaints = try ExternalProgram.run("sh", "-c", "MANPAGER=cat LC_ALL=C.UTF-8 man --warnings -l '\(path)' 2>&1 >/dev/null")
    #expect(complaints.output == "" && complaints.status == 0)
    #expect(try ExternalProgram.run("sh", "-c", "MANPAGER=cat LC_ALL=C.UTF-8 man -l '\(path)'").output.contains("EXIT STATUS"))
  }
}
