import Foundation
import TestSupport
import Testing

/// The blocks of README that are Siam run as they stand: every session, and every notebook.
@Suite struct ReadmeTests {
  private static let text =
    (try? String(contentsOfFile: URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../README.md", encoding: .utf8)) ?? ""

  /// Indented blocks, each with the heading above it.
  private static let blocks: [(heading: String, text: String)] = {
    var blocks: [(heading: String, text: String)] = []
    var heading = ""
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["end"] {
      if line.hasPrefix("    ") {
        lines.append(String(line.dropFirst(4)))
      } else if !lines.isEmpty, line.isEmpty {
        lines.append("")
      } else {
        if !lines.isEmpty { blocks.append((heading, lines.joined(separator: "\n"))) }
        lines = []
        if line.hasPrefix("#") { heading = line }
      }
    }
    return blocks
  }()

  /// What was typed at the prompt in a block; `…` lines of a statement over several lines go on.
  private static func typed(_ block: String) -> [String] {
    var statements: [String] = []
    for line in block.split(separator: "\n") {
      if line.hasPrefix("siam> ") { statements.append(String(line.dropFirst(6))) }
      if line.hasPrefix("  ... "), !statements.isEmpty { statements[statements.count - 1] += "\n" + line.dropFirst(6) }
    }
    return statements
  }

  private static let sessions = blocks.enumerated().filter { !typed($1.text).isEmpty }.map(\.offset)

  @Test func thereAreSessions() { #expect(Self.sessions.count >= 5) }

  /// Where a block speaks of what it has not made: runs by number, files of others.
  private static let standIns = ["41": "1", "42": "2", "43": "3", "39": "1", "40": "1"]
  private static let needOthers = ["import \"cluster.sqlite\"", "resume ", "data folder", "!"]

  @Test(arguments: sessions) func everyStatementOfASessionIsRead(block: Int) throws {
    let home = try TemporaryFolder()
    let (heading, text) = Self.blocks[block]
    let setup = """
      data shapes train=512 test=128; use quick dim=32 epochs=1; batch 64; encoder convnet width=4; loss -Za . sg(Zb); val tau = 0.2
      train 2 steps as "a"; train fresh 2 steps as "b"; save "triplet.safetensors"; branch fork
      train 1 steps as "twin"; train fresh 1 steps as "a first try"; 20 + 1
      """
    let statements = Self.typed(text).filter { statement in !Self.needOthers.contains(where: statement.hasPrefix) }
    let isWhole = heading == "## A session"
    for statement in statements where !isWhole {
      var words = statement
      for (number, own) in Self.standIns { words = words.replacingOccurrences(of: "\\b\(number)\\b", with: own, options: .regularExpression) }
      let run = try SiamProcess.run(["-e", setup + "\n" + words, "--db", "h.sqlite"], home: home)
      let isMistake = text.contains("\(statement)\n<prompt>")
      #expect(run.status == (isMistake ? 2 : 0), Comment(rawValue: "\(heading): \(words)\n\(run.errors)"))
      try FileManager.default.removeItem(atPath: home.path + "/h.sqlite")
    }
  }

  /// A session that README tells from its beginning answers what README says, but for the figures of its runs; its last statement is a mistake.
  @Test func theFirstSession() throws {
    let home = try TemporaryFolder()
    let block = try #require(Self.blocks.first { $0.heading == "## A session" && $0.text.contains("siam> data") })
    let statements = Self.typed(block.text).map { $0.replacingOccurrences(of: "250 steps", with: "10 steps") }
    let terminal = try PseudoTerminal(home: home, columns: 160)
    try terminal.expect("siam> ")
    var shown = ""
    for statement in statements { shown += try terminal.run(statement) }
    for line in block.text.split(separator: "\n")
    where line.hasPrefix("loss = ") || line.hasPrefix("Ge :") || line.hasPrefix("shapes:") || line.hasPrefix("quick:") || line.contains("error:") {
      #expect(shown.contains(line), Comment(rawValue: String(line)))
    }
  }

  @Test func theNotebookPassesItsTest() throws {
    let home = try TemporaryFolder()
    let notebooks = Self.blocks.filter { $0.text.contains("\n#> ") }
    #expect(!notebooks.isEmpty)
    for notebook in notebooks {
      let path = try home.write(notebook.text, to: "n.siam")
      let test = try SiamProcess.run(["test", path], home: home)
      #expect(test.status == 0, Comment(rawValue: notebook.text + test.output + test.errors))
    }
  }

  /// What brings Siam to editors and shells works in a home where there is nothing yet.
  @Test func editorsAreGivenTheirFiles() throws {
    let home = try TemporaryFolder()
    let block = try #require(Self.blocks.first { $0.heading == "## Editors" }).text
    let lines = block.split(separator: "\n").filter { ($0.hasPrefix("mkdir ") || $0.hasPrefix("cp ")) && !$0.contains("/usr/") }
    #expect(lines.count >= 4)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-ec", lines.joined(separator: "\n")]
    process.environment = ["HOME": home.path, "PATH": "/usr/bin:/bin"]
    process.currentDirectoryURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for file in [".vim/syntax/siam.vim", ".vscode/extensions/siam/package.json", ".config/fish/completions/siam.fish"] {
      #expect(FileManager.default.fileExists(atPath: home.path + "/" + file), "\(file)")
    }
  }

  /// `scripts/siam …` and `siam …` on a line of their own, where what they need is in the repository.
  @Test func commandsRun() throws {
    let home = try TemporaryFolder()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../.."
    var count = 0
    for block in Self.blocks {
      for line in block.text.split(separator: "\n") where line.hasPrefix("$ scripts/siam -e '") || line.hasPrefix("$ scripts/siam bench -e '") {
        let words = line.dropFirst("$ scripts/siam ".count)
        guard let quote = words.firstIndex(of: "'"), let end = words.lastIndex(of: "'"), quote < end else { continue }
        let arguments = words[..<quote].split(separator: " ").map(String.init) + [String(words[words.index(after: quote)..<end])]
        let isBenchmark = arguments.first == "bench"
        let run = try SiamProcess.run(arguments + (isBenchmark ? ["--steps", "1"] : []), home: home, folder: root)
        #expect(run.status == 0, Comment(rawValue: "\(line)\n\(run.errors)"))
        count += 1
      }
    }
    #expect(count >= 2)
  }

  /// Lines that a shell reads, `siam test ge.siam …` and the like, one after another in a folder that has what they speak of: the notebook and the loop of
  /// README, a history, and a `sbatch` that runs the tasks of a job array here.
  @Test func shellCommandsRun() throws {
    let home = try TemporaryFolder()
    let setup = "data shapes train=128 test=32; use quick dim=8 epochs=1; batch 32; encoder mlp 8\n"
    let notebook = try #require(Self.blocks.first { $0.heading == "## Notebooks" && $0.text.contains("\n#> ") })
    let loop = try #require(Self.blocks.first { $0.heading == "## Sweeps" && $0.text.hasPrefix("for tau in ") })
    for name in ["ge.siam", "other.siam"] { _ = try home.write(notebook.text, to: name) }
    _ = try home.write(setup + loop.text, to: "tau.siam")
    let prelude = """
      set -e
      siam() { "\(SiamBinary.url.path)" "$@"; }
      sbatch() { for task in 0 1 2 3; do SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 bash "$1"; done; }

      """
    #expect(try SiamProcess.run(["-e", setup + "loss -Pa . sg(Zb); train as \"a\""], home: home).status == 0)
    let history = try #require(
      FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String }.first { $0.hasSuffix("history.sqlite") })
    var count = 0
    for block in Self.blocks where !block.text.contains("table3.siam") {
      for line in block.text.split(separator: "\n").map(String.init) {
        guard ["siam ", "sbatch ", "$ sqlite3 "].contains(where: line.hasPrefix) else { continue }
        let command = line.replacingOccurrences(of: "^\\$ ", with: "", options: .regularExpression)
          .replacingOccurrences(of: "~/.local/share/siam/history.sqlite", with: history)
        let run = try SiamProcess.run(["-c", prelude + command], program: "/bin/bash", home: home)
        #expect(run.status == 0, Comment(rawValue: "\(line)\n\(run.output)\(run.errors)"))
        count += 1
      }
    }
    #expect(count >= 8)
    #expect(try ExternalProgram.sqlite3(home.path + "/" + history, "SELECT count(*) FROM runs WHERE name LIKE 'tau=%'").output == "4\n")
  }
}
