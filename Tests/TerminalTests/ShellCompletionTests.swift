import Foundation
import TestSupport
import Testing

/// What bash offers behind `siam …` once `editors/shell/siam.bash` is read; the other shells' files are made of the same declarations.
@Suite struct ShellCompletionTests {
  let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    for name in ["a.siam", "b.siam", "runs.sqlite", "page.html", "notes.txt", "folder/c.siam"] { _ = try home.write("", to: name) }
  }

  /// - Parameter words: what has been typed, as bash takes it apart: at blanks and at `=`. The cursor is behind the last.
  private func offers(_ words: [String]) throws -> [String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../editors/shell/siam.bash").path
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      cd '\(home.path)'; source '\(file)'
      COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
      _siam siam "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    return try ExternalProgram.run("bash", "--norc", "-c", script).output.split(separator: "\n").map(String.init).sorted()
  }

  private static let scripts = ["a.siam", "b.siam", "folder"]

  @Test(arguments: ["run", "test", "update", "check", "bench", "sweep"]) func scripts(subcommand: String) throws {
    #expect(try offers(["siam", subcommand, ""]) == Self.scripts)
    #expect(try offers(["siam", subcommand, "a"]) == ["a.siam"])
    #expect(try offers(["siam", subcommand, "folder/"]) == ["folder/c.siam"])
  }

  @Test func severalScripts() throws {
    for subcommand in ["test", "update", "check"] { #expect(try offers(["siam", subcommand, "a.siam", "b"]) == ["b.siam"]) }
  }

  @Test func histories() throws {
    #expect(try offers(["siam", "import", ""]) == ["folder", "runs.sqlite"])
    #expect(try offers(["siam", "--db", "r"]) == ["runs.sqlite"])
    #expect(try offers(["siam", "run", "a.siam", "--db", "r"]) == ["runs.sqlite"])
  }

  @Test func pagesAndFolders() throws {
    #expect(try offers(["siam", "run", "a.siam", "--report", ""]) == ["folder", "page.html"])
    #expect(try offers(["siam", "sweep", "a.siam", "--output", ""]) == ["folder"])
    #expect(try offers(["siam", "jupyter", "install", "--prefix", ""]) == ["folder"])
  }

  /// Its folder stands behind `=`, so the next word is the script.
  @Test func writingAllowed() throws {
    #expect(try offers(["siam", "run", "--allow-w"]) == ["--allow-write"])
    #expect(try offers(["siam", "run", "--allow-write", ""]) == Self.scripts)
    #expect(try offers(["siam", "run", "--allow-write", "=", "f"]).contains("folder"))
  }

  @Test func subcommands() throws { #expect(try offers(["siam", "che"]) == ["check"]) }
}
