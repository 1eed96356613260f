import Foundation
import TestSupport
import Testing

/// No text traps, hangs or eats the memory. The long form is `scripts/fuzz --count 50000`, with other seeds.
@Suite struct FuzzTests {
  private static let interpreter = "/usr/bin/python3"
  private static let script = Fixtures.url("../../scripts/fuzz", beside: #filePath).path

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: interpreter)))
  func everyTextIsAnswered() throws {
    let folder = try TemporaryFolder()
    let output = try folder.write("", to: "output")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.interpreter)
    process.arguments = [
      Self.script, "--count", "200", "--seed", "2", "--seconds", "60", "--siam", SiamBinary.url.path, "--keep", folder.path + "/kept"
    ]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "200 texts, 0 problems\n")
  }
}
