import Foundation
import TestSupport
import Testing

/// A run may be called anything: no report takes its name for markup, and no plot for a command.
@Suite struct RunNameTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let name =
    "<script>alert(1)</script> a_b^2 `touch pwned` @x | $(touch pwned) [l](javascript:alert(1)) <img src=x onerror=alert(1)> 'q'"

  private func siam(_ statements: String) throws -> String {
    let process = try SiamProcess.run(["-q", "-e", statements], home: home, folder: home.path)
    try #require(process.status == 0, Comment(rawValue: process.errors))
    return process.output
  }

  @Test func staysAName() throws {
    let output = try siam(
      """
      data shapes train=64 test=32; use quick dim=16; encoder mlp 8; batch 16; probe off; loss -Za . sg(Zb)
      train 3 steps as "\(Self.name)"
      plot mr of "\(Self.name)", 1 to "x.svg"
      history columns name format markdown
      """)
    // CommonMark: a backslash makes the sign behind it one that means nothing.
    #expect(output.contains("\\<script>") && output.contains("\\<img") && output.contains("\\[l]") && !output.contains(" <"))
    let picture = try String(contentsOfFile: home.path + "/x.svg", encoding: .utf8)
    #expect(picture.contains("&lt;script>alert(1)&lt;/script> a_b^2 `touch pwned` @x | $(touch pwned)"))
    for tag in ["<script", "<img", "onload", "<foreignObject"] { #expect(!picture.contains(tag), "\(tag)") }
    #expect(!FileManager.default.fileExists(atPath: home.path + "/pwned"))
    // The record knows the picture, once, by its path and what is in it.
    let sum = try #require(try ExternalProgram.run("sha256sum", home.path + "/x.svg").output.split(separator: " ").first)
    #expect(try siam("sql SELECT kind, path, hash FROM run_artifacts WHERE kind = 'plot'").contains("plot  \(home.path)/x.svg  \(sum)"))
  }

  /// A name means the same run wherever it stands: of this session, else of the history, else by its number. A number is the run of that number.
  @Test func namesThatAreNumbers() throws {
    let setup = "data shapes train=64 test=32; use quick dim=16 epochs=1; encoder mlp 8; batch 16; probe off; loss -Za . sg(Zb); "
    _ = try siam(setup + "train 1 steps as \"f\"; train 2 steps as \"1\"")
    #expect(try siam("print run(\"1\").steps, run(1).steps, run(\"2\").steps, run(\"f\").steps") == "2  1  2  1\n")
    #expect(try siam("verify \"1\"").hasPrefix("run 2 is reproduced"))
    let other = try SiamProcess.run(["-q", "-e", "print run(\"nope\").steps"], home: home, folder: home.path)
    #expect(other.status == 2 && other.errors.contains("there is no run `nope`\n"), Comment(rawValue: other.errors))
  }

  /// `*` alone stands for other text.
  @Test func patterns() throws {
    let setup = "data shapes train=64 test=32; use quick dim=16 epochs=1; encoder mlp 8; batch 16; probe off; loss -Za . sg(Zb); "
    _ = try siam(setup + "train 1 steps as \"whys\"; train 1 steps as \"why?\"; train 1 steps as \"[a]\"; train 1 steps as \"a\"")
    _ = try siam("forget \"why?\" \"[a]\"")
    #expect(try siam("history columns name sort id format csv") == "name\nwhys\na\n")
  }

  /// `~` is the home folder, which `$HOME` names, whoever the system thinks the user is.
  @Test func theHomeFolder() throws {
    _ = try siam("history > \"~/runs.csv\"")
    #expect(FileManager.default.fileExists(atPath: home.path + "/runs.csv"))
    _ = try home.write("print 7", to: "inner.siam")
    #expect(try siam("include \"~/inner.siam\"") == "7\n")
  }
}
