import Foundation
import SourceText
import Testing

@Suite struct SourceFileTests {
  /// A folder that is removed with the test.
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-\(UUID().uuidString)")

  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("x.siam").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try body(path)
  }

  private func mistake(_ path: String) -> Diagnostic? {
    do {
      _ = try SourceFile(contentsOf: path, called: "x.siam")
      return nil
    } catch {
      return error
    }
  }

  @Test func reads() throws {
    try withFile(Array("let τ = 1\r\n\nx".utf8)) { path in
      let file = try SourceFile(contentsOf: path)
      #expect(file.name == path)
      #expect(file.text == "let τ = 1\r\n\nx")
      #expect(file.lineCount == 3)
      #expect(file.text(in: file.range(ofLine: 1)) == "let τ = 1")
    }
  }

  @Test func missing() {
    #expect(mistake("/nowhere/x.siam")?.message == "there is no file `/nowhere/x.siam`")
  }

  @Test func directory() {
    #expect(mistake("/tmp")?.message == "`/tmp` is a directory, not a file")
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], "`x.siam` is not UTF-8: byte 2 of line 2 is 0xFF"),
      ([0xE9], "`x.siam` is not UTF-8: byte 1 of line 1 is 0xE9"),
      (Array("\u{FFFD}é".utf8) + [0xEF, 0x41], "`x.siam` is not UTF-8: byte 6 of line 1 is 0xEF"),
      (Array("abc".utf8) + [0xE8, 0xA1], "`x.siam` is not UTF-8: byte 4 of line 1 is 0xE8"),
      ([0xC0, 0xAF], "`x.siam` is not UTF-8: byte 1 of line 1 is 0xC0")
    ] as [([UInt8], String)])
  func notUTF8(bytes: [UInt8], message: String) throws {
    try withFile(bytes) { #expect(mistake($0)?.message == message) }
  }

  @Test func tooLarge() throws {
    try withFile([]) { path in
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: UInt64(SourceFile.largestSize) + 1)
      #expect(mistake(path)?.message == "`\(path)` is larger than 64 MiB, which is no script")
    }
  }

  @Test func placesAreCountedInCharacters() {
    let file = SourceFile(name: "t", text: "é表x")
    #expect(SourceSpan(file, 5..<6).column == 3)
    #expect(SourceSpan(file, 5..<6).text == "x")
    #expect(SourceSpan(file, 0..<2).joined(with: SourceSpan(file, 5..<6)).range == 0..<6)
  }
}
