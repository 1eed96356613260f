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
    let limited = "ulimit -v 3000000 && exec \"$0\" --db :memory: -e \"$1\""
    let process = try SiamProcess.run(["-c", limited, SiamBinary.url.path, statements], program: "/bin/bash", home: home)
    // Not by a signal.
    #expect(process.status == 2, Comment(rawValue: process.errors))
    #expect(process.errors.contains("the limit is") || process.errors.contains("more than fit"), Comment(rawValue: process.errors))
  }
}
