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
}
