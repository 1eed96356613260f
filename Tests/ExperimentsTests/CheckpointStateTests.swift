import Checkpoints
import Experiments
import SourceText
import TestSupport
import Testing
import Training

/// What a checkpoint keeps of the live state, and what of it can be taken over.
@Suite struct CheckpointStateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Until it ends, a `train` knows what an earlier one left; a checkpoint written meanwhile is of the one that goes on.
  @Test func theLossIsThatOfTheTrainingThatGoesOn() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Zb)")
    try laboratory.train(stopAfter: 3)
    #expect(try laboratory.experiment.checkpoint(at: nil).state.plan?.loss == "-Pa . sg(Zb)")
    try laboratory.type("loss -Za . sg(Zb)")
    let prepared = try laboratory.experiment.prepareTraining(.steps(2), at: SourceSpan(SourceFile(name: "test", text: "train"), 0..<5))
    var losses: [String?] = []
    _ = try laboratory.experiment.run(prepared, stop: StopSignal()) { event in
      guard case .step = event, let checkpoint = try? laboratory.experiment.checkpoint(plan: prepared.job.plan.continued(after: 1), at: nil) else {
        return
      }
      losses.append(checkpoint.state.plan?.loss)
    }
    #expect(losses == ["-Za . sg(Zb)", "-Za . sg(Zb)"])
  }

  @Test(arguments: ["its tensor", "its shape", "its digits"])
  func aValueThatCannotBeReadIsNamed(_ missing: String) throws {
    let laboratory = try Laboratory("val A = [[1, 2], [3, 4]]\nval m = 2")
    var checkpoint = try laboratory.experiment.checkpoint(at: nil)
    switch missing {
    case "its tensor": checkpoint.tensors.removeAll { $0.name == "val/A" }
    case "its shape": checkpoint.state.values = [.init(name: "A", source: "Za", value: .tensor("val/A", axes: [nil]))]
    default: checkpoint.state.values = [.init(name: "A", source: "mr", value: .number("two"))]
    }
    let path = folder.path + "/x.safetensors"
    try checkpoint.write(to: path)
    let loaded = try LoadedCheckpoint(contentsOf: path)
    #expect(throws: Diagnostic("`x` does not hold the value of `A`, which it names", at: nil)) {
      try laboratory.experiment.restore(loaded, called: "x", at: nil)
    }
  }
}
