import Experiments
import Datasets
import SourceText
import Syntax
import Tensors
import Testing
import Training

/// The teacher, the queue, the memory and running averages, each against its definition worked out here.
@Suite struct CarriedStateTests {
  private static let dim = 32
  private static let batch = 64

  private func model(_ laboratory: Laboratory) throws -> Model { try laboratory.experiment.requireModel(at: nil) }

  private func expectClose(_ left: [Float], _ right: [Float], within tolerance: Float = 1e-6, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(left.count == right.count && !left.isEmpty, sourceLocation: sourceLocation)
    #expect(zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }, sourceLocation: sourceLocation)
  }

  // MARK: Teacher

  @Test func theTeacherFollowsTheEncoder() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Tb)") { $0.teacher = 0.9 }
    let teacher = try #require(try model(laboratory).teacher)
    let student = try model(laboratory)
    // It begins as a copy, and so answers alike.
    expectClose(try laboratory.floats("ta"), try laboratory.floats("za"))
    for _ in 1...3 {
      let before = (teacher.encoder.parameters + teacher.projector.parameters).map { Array($0.buffer.floats) }
      try laboratory.train(.steps(1))
      let students = (student.encoder.parameters + student.projector.parameters).map { Array($0.buffer.floats) }
      for (place, variable) in (teacher.encoder.parameters + teacher.projector.parameters).enumerated() {
        expectClose(Array(variable.buffer.floats), zip(before[place], students[place]).map { 0.9 * $0 + 0.1 * $1 })
      }
    }
    #expect(try laboratory.number("max(abs(ta - za))") > 0.01)
  }

  /// A step changes the teacher's own statistics, and its parameters get no gradient.
  @Test func theTeacherIsItsOwnModule() throws {
    let laboratory = try Laboratory("loss -Za . Tb") { $0.teacher = 1 }
    let teacher = try #require(try model(laboratory).teacher)
    let parameters = teacher.variables.filter { $0.role == .parameter }.map { Array($0.buffer.floats) }
    let statistics = teacher.programVariables.map { Array($0.buffer.floats) }
    try laboratory.train(.steps(2))
    // Momentum 1: it stays.
    #expect(teacher.variables.filter { $0.role == .parameter }.map { Array($0.buffer.floats) } == parameters)
    #expect(teacher.programVariables.map { Array($0.buffer.floats) } != statistics)
    #expect(
      try laboratory.experiment.requireTrainer(at: nil).variables().allSatisfy { !($0.name.hasPrefix("teacher") && $0.name.hasSuffix("velocity")) })
    try laboratory.type("loss -Ta . Tb")
    #expect(throws: Diagnostic.self) { try laboratory.train(.steps(1)) }
  }

  @Test func theTeacherOnAWholeSet() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Tb)") { $0.teacher = 0.5 }
    let test = Sample(.test, span: try Parser.expression(of: .init(name: "test", text: "test")).span)
    expectClose(try laboratory.floats("Ta", on: test), try laboratory.floats("Za", on: test), within: 1e-5)
    try laboratory.train(.steps(8))
    let alike = try laboratory.number("cos(Ta, Za)", on: test)
    #expect(alike < 0.99999 && alike > 0)
  }

  // MARK: Queue

  @Test func keysEnterTheQueueAfterTheStep() throws {
    let laboratory = try Laboratory("loss infonce(Za, cat(sg(Zb), Q), 0.2)") { $0.queue = 100 }
    let start = try laboratory.floats("Q")
    #expect(start.count == 100 * Self.dim)
    #expect(abs(try laboratory.number("max(abs(norm(Q) - ones(100)))")) < 1e-5)
    let first = try laboratory.floats("Zb")
    try laboratory.train(.steps(1))
    let second = try laboratory.floats("Zb")
    let afterOne = try laboratory.floats("Q")
    expectClose(Array(afterOne[..<(64 * Self.dim)]), first)
    expectClose(Array(afterOne[(64 * Self.dim)...]), Array(start[(64 * Self.dim)...]))
    try laboratory.train(.steps(1))
    // 36 rows fill it up, the other 28 push out the oldest.
    let afterTwo = try laboratory.floats("Q")
    expectClose(Array(afterTwo[(64 * Self.dim)...]), Array(second[..<(36 * Self.dim)]))
    expectClose(Array(afterTwo[..<(28 * Self.dim)]), Array(second[(36 * Self.dim)...]))
    expectClose(Array(afterTwo[(28 * Self.dim)..<(64 * Self.dim)]), Array(first[(28 * Self.dim)...]))
  }

  @Test func theTeachersKeysEnter() throws {
    let laboratory = try Laboratory("loss infonce(Za, cat(sg(Tb), Q), 0.2)") {
      $0.queue = 64
      $0.teacher = 0.9
    }
    try laboratory.train(.steps(1))
    let keys = try laboratory.floats("Tb")
    #expect(try laboratory.floats("Zb") != keys)
    try laboratory.train(.steps(1))
    expectClose(try laboratory.floats("Q"), keys)
  }

  // MARK: Memory

  @Test func theMemoryOfAnImage() throws {
    let laboratory = try Laboratory("loss -Za . sg(Mb)") { $0.memory = 0.8 }
    // At first sight it is the view itself.
    expectClose(try laboratory.floats("Ma"), try laboratory.floats("Za"))
    let steps = 8
    var kept: [Int32: [Float]] = [:]
    for step in 0..<steps {
      let a = try laboratory.floats("Za")
      let b = try laboratory.floats("Zb")
      for (row, image) in try laboratory.batch(step).indices.enumerated() {
        let range = row * Self.dim..<(row + 1) * Self.dim
        kept[image] = zip(a[range], b[range]).map { ($0 + $1) / 2 }
      }
      try laboratory.train(.steps(1))
    }
    // The second epoch meets the images again.
    let numbers = try laboratory.batch(steps).indices
    let a = try laboratory.floats("Za")
    let memories = try laboratory.floats("Ma")
    for (row, image) in numbers.enumerated() {
      let range = row * Self.dim..<(row + 1) * Self.dim
      let mixed = zip(try #require(kept[image]), a[range]).map { 0.8 * $0 + 0.2 * $1 }
      let length = mixed.reduce(0) { $0 + $1 * $1 }.squareRoot()
      expectClose(Array(memories[range]), mixed.map { $0 / length }, within: 2e-6)
    }
    #expect(try laboratory.number("max(abs(grad(-Za . Mb, zb)))") == 0)
  }

  // MARK: Running averages

  @Test func anAverageOverTheSteps() throws {
    let laboratory = try Laboratory("track mean_a = ema(Za . Zb, 0.75) every step\ntrack now = Za . Zb every step\nloss -Za . sg(Zb)")
    let run = try laboratory.train(.steps(6))
    let values = run.series("now")
    var average = values[0]
    for (value, found) in zip(values, run.series("mean_a")) {
      average = 0.75 * average + 0.25 * value
      #expect(abs(found - average) < 1e-5)
    }
    // Looking does not move it.
    #expect(try laboratory.number("ema(Za . Zb, 0.75)") == (try laboratory.number("ema(Za . Zb, 0.75)")))
  }

  /// Each side of a symmetrised loss has an average of its own, and the gradient passes the share of the present.
  @Test func anAverageInALoss() throws {
    let laboratory = try Laboratory("loss -Za . sg(Zb - ema(center(Zb), 0.9))")
    let averages = try laboratory.train(.steps(2)).outcome
    #expect(averages.state == .finished)
    #expect(try model(laboratory).carried.count == 2)
    let other = try Laboratory("loss mean(ema(Za, 0.9))")
    try other.train(.steps(1))
    #expect(try other.relativeError("grad(sum(ema(Za, 0.9)), Za)", "ones(M, D)") == 0)
  }

  /// Looking at it elsewhere, in another shape, leaves the run's average as it is.
  @Test func lookingAtAnAverageElsewhere() throws {
    let text = "let E = ema(za, 0.9)\nloss -Za . sg(Zb - 0.1*normalize(E))"
    let train = Sample(.train, span: try Parser.expression(of: .init(name: "test", text: "train")).span)
    let whole = try Laboratory(text) { $0.schedule = .constant }
    let looked = try Laboratory(text) { $0.schedule = .constant }
    let all = try whole.train(.steps(6))
    let first = try looked.train(.steps(3))
    _ = try looked.number("norm(center(E))", on: train)
    _ = try looked.number("norm(ema(center(Za), 0.5))")
    #expect(try (first.steps + looked.train(.steps(3)).steps).map(\.values) == all.steps.map(\.values))
    #expect(try model(looked).carried.count == model(whole).carried.count)
  }

  @Test func anAverageOnceAnEpochIsRefused() throws {
    let laboratory = try Laboratory("track m = norm(ema(oz, 0.9)) every epoch\nloss -Za . sg(Zb)")
    #expect(throws: Diagnostic.self) { try laboratory.train(.steps(1)) }
  }

  /// What is carried is of its networks and images: with others it begins anew.
  @Test func anotherNetworkBeginsAnew() throws {
    let laboratory = try Laboratory("loss infonce(Za, cat(sg(Zb), Q), 0.2) - Za . sg(Mb)") {
      $0.queue = 64
      $0.memory = 0.8
    }
    let start = try laboratory.floats("Q")
    try laboratory.train(.steps(2))
    #expect(try laboratory.floats("Q") != start)
    let bank = try #require(try model(laboratory).memory)
    try laboratory.type("projector fc D + bn + relu + fc D")
    #expect(try laboratory.floats("Q") == start)
    #expect(try model(laboratory).memory !== bank)
    let other = try DatasetRequest(kind: .shapes, train: 512, test: 64).load()
    let kept = try #require(try model(laboratory).memory)
    laboratory.experiment.choose(other, DatasetRequest(kind: .shapes, train: 512, test: 64))
    #expect(try model(laboratory).memory !== kept)
  }

  // MARK: All of them

  /// What is carried is part of the state: two halves are the whole, bit for bit.
  @Test func cuttingARunChangesNothing() throws {
    let change: (inout ExperimentSettings) -> Void = {
      $0.teacher = 0.9
      $0.queue = 100
      $0.memory = 0.8
      $0.schedule = .constant
    }
    let text = "loss infonce(Za, cat(sg(Tb), Q), 0.2) - Za . sg(normalize(Mb - ema(center(Mb), 0.9)))"
    let whole = try Laboratory(text, change: change)
    let parts = try Laboratory(text, change: change)
    let all = try whole.train(.steps(12))
    let halves = try parts.train(.steps(5)).steps + parts.train(.steps(7)).steps
    #expect(all.steps.map(\.values) == halves.map(\.values))
    let trainers = try [whole, parts].map { try $0.experiment.requireTrainer(at: nil) }
    #expect(trainers[0].variables().map { Array($0.buffer.floats) } == trainers[1].variables().map { Array($0.buffer.floats) })
    #expect(Set(trainers[0].variables().map(\.name)).count == trainers[0].variables().count)
    // And a reset brings back the beginning.
    parts.experiment.reset()
    #expect(try parts.train(.steps(12)).steps.map(\.values) == all.steps.map(\.values))
  }

  /// A step that is not finite leaves them as they were.
  @Test func divergenceKeepsThem() throws {
    let laboratory = try Laboratory("loss infonce(Za, cat(sg(Tb), Q), 0.2)") {
      $0.teacher = 0.9
      $0.queue = 100
      $0.memory = 0.8
    }
    try laboratory.train(.steps(2))
    let trainer = try laboratory.experiment.requireTrainer(at: nil)
    let before = trainer.variables().map { Array($0.buffer.floats) }
    try laboratory.type("loss (Za . sg(Tb)) / 0 + 0 * sum(Q) + 0 * sum(Mb)")
    #expect(try laboratory.train(.steps(1)).outcome.state == .diverged)
    #expect(trainer.variables().map { Array($0.buffer.floats) } == before)
  }
}
