import Foundation
import TestSupport
import Testing

/// The example scripts name only what there is. (`scripts/test` also runs them.)
@Suite struct ExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../examples").standardizedFileURL.path

  private static let scripts: [String] = {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".siam") }.sorted()
  }()

  @Test func thereIsAQuickStart() {
    #expect(Self.scripts.contains("quickstart.siam"))
  }

  @Test(arguments: scripts)
  func isRight(script: String) throws {
    let home = try TemporaryFolder()
    let run = try SiamProcess.run(["check", Self.folder + "/" + script], home: home)
    #expect(run.errors == "")
    #expect(run.status == 0)
  }
}
