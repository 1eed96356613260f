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
    try expectRefusal(of: statements) { $0.contains("the limit is") || $0.contains("more than fit") }
  }

  /// Weights, a queue, gradients and velocities, the rows of many batches, the weights that `undo` would go back to.
  @Test(arguments: [
    "encoder resnet18 width=310; projector fc 30000; predictor none; teacher 0.9; loss -Za . sg(Ta)",
    "batch 8; queue 1000000; projector fc 2000; loss infonce(Za, Q, 0.1)",
    "encoder resnet18 width=192; batch 8; loss -Pa . sg(Zb); train 1 steps", "plot histogram Za on 20000 batches",
    "encoder resnet18 width=180; batch 8; teacher 0.9; loss -Za . sg(Ta); train 1 steps"
  ])
  func ofWhatLivesBetweenSteps(statements: String) throws {
    try expectRefusal(of: "data shapes train=512 test=128; use quick; " + statements) { $0.contains("and there is room for") }
  }

  private func expectRefusal(of statements: String, _ isTold: (String) -> Bool) throws {
    let home = try TemporaryFolder()
    let limited = "ulimit -v 3000000 && exec \"$0\" --db :memory: -e \"$1\""
    let process = try SiamProcess.run(["-c", limited, SiamBinary.url.path, statements], program: "/bin/bash", home: home)
    // Not by a signal.
    #expect(process.status == 2, Comment(rawValue: process.errors))
    #expect(isTold(process.errors), Comment(rawValue: process.errors))
  }
}
