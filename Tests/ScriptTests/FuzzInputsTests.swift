import TestSupport
import Testing

/// Some thousand hostile inputs for each reader; `scripts/fuzz-inputs --count 1000000` is the long form.
@Suite("scripts/fuzz-inputs") struct FuzzInputsTests {
  @Test func inputsAreTakenOrRefused() throws {
    let script = try ScriptProcess("fuzz-inputs", ["--count", "20000", "--seed", "1"], home: TemporaryFolder())
    #expect(script.status == 0, "\(script.output)\(script.errors)")
    #expect(script.output.contains("\n0 problems, "))
    for kind in ["text: 8000", "query: 2000", "date: 2000", "tree: 3000", "checkpoint: 3000", "dataset: 2000"] {
      #expect(script.output.contains("\(kind) inputs, "))
    }
  }

  @Test func oneInputAgain() throws {
    let script = try ScriptProcess("fuzz-inputs", ["--seed", "3", "--again", "date", "17"], home: TemporaryFolder())
    #expect(script.status == 0, "\(script.errors)")
    #expect(script.output.hasSuffix("taken\n") || script.output.hasSuffix("refused\n"))
  }

  @Test func anUnknownKind() throws {
    let script = try ScriptProcess("fuzz-inputs", ["--only", "pictures"], home: TemporaryFolder())
    #expect(script.status == 2)
    #expect(script.errors == "fuzz-inputs: `pictures` is none of text, query, date, tree, checkpoint, dataset\n")
  }
}
