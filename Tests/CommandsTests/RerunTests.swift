import Foundation
import TestSupport
import Testing

/// `rerun RUN with …`: the record's statements with changes in them, as a new run.
@Suite struct RerunTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    try run(
      """
      data shapes train=128 test=32
      use quick epochs=2 dim=16
      batch 32
      encoder mlp 8
      probe off
      val tau = 0.5
      let Ge = -Zn
      for s in [1, 2] {
        seed s
        loss infonce(Za, sg(Zb), tau)
        train fresh 3 steps as "s={s} tau={tau}"
      }
      """)
  }

  private func run(_ script: String) throws {
    let path = try home.write(script, to: UUID().uuidString + ".siam")
    let process = try SiamProcess.run(["run", path], home: home)
    try #require(process.status == 0, Comment(rawValue: process.errors))
  }

  private func siam(_ statements: String) throws -> SiamProcess {
    try SiamProcess.run(["-q", "--format", "csv", "-e", statements], home: home)
  }

  private func answer(_ statements: String) throws -> [String] {
    let process = try siam(statements)
    try #require(process.status == 0, Comment(rawValue: process.errors))
    return process.output.split(separator: "\n").map(String.init)
  }

  @Test func withoutChangesItIsTheSameRun() throws {
    #expect(try answer("rerun 2; history columns id, name, rerun_of limit 1; diff 2 3") == ["id,name,rerun_of", "3,s=2 tau=0.5,2", "no difference"])
  }

  @Test func aValueOfTheScript() throws {
    #expect(try answer("rerun 2 with tau=0.1; history columns name, rerun_of limit 1") == ["name,rerun_of", "s=2 tau=0.1,2"])
    // The value is a setting of the run: it can be asked for, and is what differs.
    #expect(try answer("history where tau = 0.1 columns tau, s") == ["tau,s", "0.1,2"])
    #expect(try siam("diff 2 3").output.contains("tau,0.5,0.1"))
    // What came of it is what the script would have made with that value from the start.
    try run(
      """
      data shapes train=128 test=32
      use quick epochs=2 dim=16
      batch 32
      encoder mlp 8
      probe off
      let Ge = -Zn
      seed 2
      loss infonce(Za, sg(Zb), 0.1)
      train fresh 3 steps as "by hand"
      """)
    #expect(try !siam("diff 3 4").output.contains("series"))
    #expect(try answer("verify 3").count == 1)
  }

  /// Each setting by the name that the history gives it.
  @Test(arguments: [
    ("lr=0.01", "lr", "0.01"), ("momentum=0.5", "momentum", "0.5"), ("decay=0", "decay", "0"), ("batch=16", "batch", "16"), ("seed=9", "seed", "9"),
    ("s=9", "seed", "9"), ("D=8", "D", "8"), ("encoder=\"mlp 4 4\"", "encoder_widths", "4 4"),
    ("encoder_widths=4", "", "follows from other settings"),
    ("augment.flip=0", "augment.flip", "0"), ("augment.crop=0.5..1", "augment.crop_min", "0.5"), ("data.train=64", "data.train", "64"),
    ("probe=on", "probe", "true"), ("schedule=constant", "schedule", "constant"), ("warmup=1", "warmup", "1"), ("views=3", "views", "3"),
    ("rate.projector=0.25", "rate.projector", "0.25"), ("threshold.full=0.25", "threshold.full", "0.25"), ("steps=5", "steps", "5"),
    ("epochs=0.5", "steps", "2"), ("projector=\"fc 12 + bn\"", "projector", "fc 12 + bn"), ("teacher=0.9", "teacher", "0.9"),
    ("queue=64", "queue", "64"),
    ("loss=(-Za . sg(Zb))", "loss", "-Za . sg(Zb)"), ("loss=\"onesided -Za . sg(Zb)\"", "loss", "onesided -Za . sg(Zb)"),
    ("profile=paper, steps=1", "D", "16"), ("data=\"shapes train=64\"", "data.test", "32")
  ])
  func aSetting(change: String, name: String, value: String) throws {
    let process = try siam("rerun 1 with \(change)")
    guard !name.isEmpty else {
      return #expect(process.status == 2 && process.errors.contains(value), Comment(rawValue: process.errors))
    }
    try #require(process.status == 0, Comment(rawValue: process.errors))
    #expect(try answer("history columns \(name.contains(".") ? "seed" : name) limit 1").count == 2)
    let recorded = try siam("history 3").output.split(separator: "\n").contains { line in
      let cells = line.trimmingCharacters(in: .whitespaces).split(separator: ",", maxSplits: 1)
      return cells.count == 2 && cells[0] == name && (cells[1] == value || cells[1].hasPrefix("\(value),"))
    }
    #expect(recorded, "\(name) is not \(value)")
    // The record of the new run stands for itself.
    #expect(try siam("verify 3").status == 0)
  }

  @Test func inALoopWithNamesOfTheSession() throws {
    let statements = """
      val base = 0.1
      let A = -Za . sg(Zb)
      for k in 1..2 { rerun 1 with tau=k*base, loss=A as "k={k} tau={tau}" }
      print base
      history where rerun_of = 1 columns name, loss sort id
      """
    #expect(try answer(statements) == ["0.1", "name,loss", "k=1 tau=0.1,-Za . sg(Zb)", "k=2 tau=0.2,-Za . sg(Zb)"])
    #expect(try siam("verify 4").status == 0)
  }

  @Test func theNewRunIsTheLiveOne() throws {
    let statements = "rerun 1 with tau=0.1; train 2 steps as \"more\"; history columns name, continues limit 1"
    #expect(try answer(statements) == ["name,continues", "more,3"])
    #expect(try siam("verify 4").status == 0)
  }

  @Test func aRunThatGoesOnFromAnotherIsMadeWithIt() throws {
    try run(
      """
      data shapes train=128 test=32
      use quick dim=16
      batch 32
      encoder mlp 8
      probe off
      loss -Za . sg(Zb)
      train 2 steps as "first"
      optimizer sgd lr=0.1
      train 3 steps as "second"
      """)
    #expect(try answer("rerun 4; diff 4 6; diff 3 5") == ["no difference", "no difference"])
    // The setting that the second had of its own is changed; the first stays as it was.
    #expect(
      try answer("rerun 4 with lr=0.2; history where id > 6 columns name, lr, continues, rerun_of sort id; diff 3 7").dropFirst() == [
        "first,0.5,,", "second,0.2,7,4", "no difference"
      ])
  }

  @Test(arguments: [
    ("rerun 1 with tua=1", "has no value and no setting `tua`\n", "did you mean `tau`?"), ("rerun 1 with", "`with` wants a change", ""),
    ("rerun 1 tau=1", "changes stand behind `with`", ""), ("rerun 1 with tau=1, tau=2", "`tau` is given twice", ""),
    ("rerun 9", "there is no run 9", ""), ("rerun 1 with batch=0", "<-e>:1:47: error: batch size is from 2", "`batch 0` was tried"),
    ("rerun 1 with batch=\"4; reset\"", "more than a value", ""),
    ("rerun 1 with planned_steps=4", "`planned_steps` follows from other settings", ""), ("rerun 1 as x", "`as` wants a name in quotes", ""),
    ("rerun", "`rerun` needs a run", "")
  ])
  func mistakes(statement: String, message: String, hint: String) throws {
    let process = try siam("val mine = 7; loss -Za . sg(Zb); \(statement)")
    #expect(
      process.status == 2 && process.errors.contains(message) && (hint.isEmpty || process.errors.contains(hint)), Comment(rawValue: process.errors))
    #expect(try answer("history columns id limit 1") == ["id", "2"])
  }

  @Test func aChangeMayBeOfWhatTheRunHad() throws {
    #expect(try answer("rerun 2 with tau=tau/2; rerun 2 with lr=2*lr; history columns tau, lr limit 2") == ["tau,lr", "0.5,1", "0.25,0.5"])
    // This session's own name comes first.
    #expect(try answer("val tau = 0.2; rerun 2 with tau=tau/2; history columns tau limit 1") == ["tau", "0.1"])
  }

  @Test func theProbeMayBeTrueOrFalse() throws {
    #expect(try answer("rerun 2 with probe=true; rerun 2 with probe=false; history columns probe limit 2") == ["probe", "false", "true"])
  }

  @Test func theRunsThatItGoesOnFromAreSaid() throws {
    let statements =
      "data shapes train=64 test=16; use quick dim=16; encoder mlp 8; batch 16; loss -Za . sg(Zb); train 1 steps as \"first\"; train 1 steps as \"then\""
    let process = try SiamProcess.run(["-e", statements + "\nrerun \"then\""], home: home)
    #expect(process.errors.contains("run 4 goes on from run 3 \"first\": made again first"), Comment(rawValue: process.errors))
    #expect(try siam("lineage 3").output.contains("4,3,-,then") || siam("lineage 3").output.contains("4,3,,then"))
  }
}
