import Foundation
import TestSupport
import Testing

/// What does not fit into the memory that there is, is refused in words; nothing that was there is lost.
@Suite struct MemoryTests {
  @Test(arguments: [
    "val a = zeros(30000, 30000)", "val a = randn(20000, 20000); print sum(a)", "plot matrix randn(25000, 25000)",
    "print eigenvalues(randn(15000, 15000))",
    "val a = zeros(20000, 5000); val b = zeros(20000, 5000); val c = zeros(20000, 5000); val d = zeros(20000, 20000)"
  ])
  func underALimit(statements: String) throws {
    let home = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "ulimit -v 3000000 && exec \"$0\" --db :memory: -e \"$1\"", SiamBinary.url.path, statements]
    process.environment = SiamBinary.environment(home: home)
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 2, Comment(rawValue: text))
    #expect(text.contains("the limit is") || text.contains("more than fit"), Comment(rawValue: text))
  }
}
