import Experiments
import SourceText
import Syntax
import Testing

/// `on train`, `on test`, `on N batches`, and the next batch, which is not used up.
@Suite struct SampleTests {
  private let span = SourceSpan(SourceFile(name: "test", text: "on test"), 0..<7)
  private var test: Sample { Sample(.test, span: span) }
  private var train: Sample { Sample(.train, span: span) }

  private func batches(_ count: Int) throws -> Sample {
    Sample(.batches(try Parser.expression(of: SourceFile(name: "test", text: "\(count)"))), span: span)
  }

  @Test func lookingChangesNothing() throws {
    let text = "let Ge = -Zn\nlet noise = randn(M, D)\nloss -Za . sg(Zb + oe)"
    let plain = try Laboratory(text)
    let looked = try Laboratory(text)
    let before = try plain.train(.steps(5)).steps + plain.train(.steps(5)).steps
    for expression in ["Za . Zb", "loss", "noise", "rank"] { _ = try looked.value(expression) }
    _ = try looked.value("mr", on: test)
    _ = try looked.value("mr", on: batches(3))
    var after = try looked.train(.steps(5)).steps
    for expression in ["Pa . Zb", "max(abs(Zn))"] { _ = try looked.value(expression) }
    _ = try looked.value("oz", on: train)
    _ = try looked.experiment.decomposeGradient(on: nil, at: span)
    _ = try looked.experiment.flow(at: span)
    _ = try looked.experiment.lossEcho()
    after += try looked.train(.steps(5)).steps
    #expect(after == before)
  }

  /// What is printed is what the next step will meet.
  @Test func theNextBatchIsTheNextStepS() throws {
    let laboratory = try Laboratory("let Ge = -Zn\nloss -Pa . sg(Zb + 0.1*Ge + randn(M, D))")
    for _ in 1...3 {
      let printed = try laboratory.number("loss")
      #expect(try laboratory.number("loss") == printed)
      let (mo, mr, std) = try (laboratory.number("mo"), laboratory.number("mr"), laboratory.number("std"))
      let step = try #require(try laboratory.train(.steps(1)).steps.first)
      #expect(abs((step.values["loss"] ?? .nan) - printed) < 1e-5 * abs(printed))
      for (name, value) in [("mo", mo), ("mr", mr), ("std", std)] { #expect(abs((step.values[name] ?? .nan) - value) < 1e-6) }
    }
  }

  @Test func theWholeSet() throws {
    let laboratory = try Laboratory()
    #expect(try laboratory.floats("shape(Za)", on: test) == [128, 32])
    #expect(try laboratory.floats("shape(fa)", on: train) == [512, 32])
    #expect(try laboratory.number("M", on: test) == 128)
    #expect(try laboratory.number("M") == 64)
  }

  /// A batch in training statistics has mean 0 behind a batch norm at its start values; the running ones of evaluation do not give that.
  @Test func testUsesEvaluationStatistics() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Zb)")
    #expect(try laboratory.number("max(abs(center(za)))") < 1e-4)
    try laboratory.train(.steps(5))
    #expect(try laboratory.number("max(abs(center(za)))", on: test) > 1e-2)
    // Rows do not depend on one another then: the first alone is the same.
    let whole = try laboratory.floats("Za[1, :]", on: test)
    laboratory.experiment.set { $0.batch = 100 }
    #expect(zip(whole, try laboratory.floats("Za[1, :]", on: test)).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func severalBatchesAreMeanAndDeviation() throws {
    let laboratory = try Laboratory("loss -Za . sg(Zb)")
    var numbers: [Double] = []
    let watched = try Laboratory("loss -Za . sg(Zb)") { $0.rate = 0 }
    watched.experiment.set { $0.moduleRates = ["probe": .frozen] }
    let expression = try Parser.expression(of: SourceFile(name: "test", text: "mr"))
    for step in 1...4 {
      let evaluation = try laboratory.experiment.evaluate([expression], owner: "print", on: batches(step))
      let mean = try #require(evaluation.values[0].number)
      // The value of the last batch alone, from the means of step and step - 1 batches.
      numbers.append(Double(step) * mean - numbers.reduce(0, +))
      guard step > 1 else { continue }
      let average = numbers.reduce(0, +) / Double(step)
      let squares = numbers.reduce(0) { $0 + ($1 - average) * ($1 - average) }
      #expect(abs((evaluation.deviations[0] ?? .nan) - (squares / Double(step - 1)).squareRoot()) < 1e-6)
    }
    // They are the batches of the steps to come.
    let steps = try watched.train(.steps(4)).series("mr")
    #expect(zip(steps, numbers).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func noNumberOfBatches() throws {
    let error = #expect(throws: Diagnostic.self) { try Laboratory().value("mr", on: batches(0)) }
    #expect(error?.message == "`0` is no number of batches")
  }

  @Test func withoutData() throws {
    let expression = try Parser.expression(of: SourceFile(name: "test", text: "Za"))
    let error = #expect(throws: Diagnostic.self) { try Experiment().value(expression, owner: "print", on: test) }
    #expect(error?.message == "no data has been chosen yet")
    #expect(error?.hints == ["`data shapes` needs no file; `data cifar10` reads CIFAR-10"])
  }
}
