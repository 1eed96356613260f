import Foundation
import TestSupport
import Testing

/// The program as a kernel sees it: signals, the end of the input, a reader that has gone.
struct ProtocolProgramTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let settings = "data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)"
  private static let long = "train 100000 steps as \"long\""

  private func training() throws -> ProtocolProcess {
    let siam = try ProtocolProcess(home: home)
    try siam.send(Self.settings)
    try siam.events(upTo: "done")
    try siam.send(Self.long)
    try siam.events(upTo: "progress")
    return siam
  }

  private func states() throws -> String {
    try SiamProcess.run(["-e", "history columns name, state format csv"], home: home).output
  }

  @Test func theEndOfTheInputIsTheEnd() throws {
    let siam = try ProtocolProcess(home: home)
    // The last line without its newline.
    try siam.write(Data(#"{"id": 1, "request": "execute", "code": "print 6 * 7"}"#.utf8))
    try siam.closeInput()
    #expect(try siam.events(upTo: "bye").contains { $0["text"] as? String == "42" })
    #expect(siam.waitForEnd() == 0)
  }

  @Test func shutdownAndQuit() throws {
    let first = try ProtocolProcess(home: home)
    try first.send(request: ["id": 1, "request": "shutdown"])
    try first.send("print 1")
    #expect(try first.events(upTo: "bye").last?["exit"] as? Int == 0)
    #expect(try first.next() == nil)
    #expect(first.waitForEnd() == 0)
    let second = try ProtocolProcess(home: home)
    try second.send("print 1; quit; print 2")
    let events = try second.events(upTo: "bye")
    #expect(events.compactMap { $0["text"] as? String } == ["1"])
    #expect(events.contains { $0["end"] as? String == "quit" })
    #expect(second.waitForEnd() == 0)
  }

  @Test func anInterruptStopsTheTrainingAndTheModelLives() throws {
    let siam = try training()
    siam.process.interrupt()
    #expect(try siam.events(upTo: "done").last?["end"] as? String == "interrupted")
    try siam.send("print 6 * 7")
    #expect(try siam.events(upTo: "done").contains { $0["text"] as? String == "42" })
    // At rest it does nothing.
    siam.process.interrupt()
    try siam.send("train 5 steps as \"more\"")
    #expect(try siam.events(upTo: "done").last?["end"] as? String == "completed")
    try siam.closeInput()
    #expect(siam.waitForEnd() == 0)
    #expect(try states().contains("long,interrupted"))
    #expect(try states().contains("more,finished"))
  }

  @Test func terminationRecordsWhatRuns() throws {
    let siam = try training()
    siam.process.terminate()
    #expect(try siam.events(upTo: "bye").last?["exit"] as? Int == 143)
    #expect(siam.waitForEnd() == 143)
    #expect(try states().contains("long,interrupted"))
  }

  @Test func terminationAtRestEndsInOrder() throws {
    let siam = try ProtocolProcess(home: home)
    siam.process.terminate()
    #expect(siam.waitForEnd() == 143)
  }

  /// A kernel that was killed in the middle of a training.
  @Test func aReaderThatHasGoneEndsTheTraining() throws {
    let siam = try training()
    try siam.closeOutput()
    try siam.closeInput()
    #expect(siam.waitForEnd() == 141)
    #expect(try states().contains("long,interrupted"))
  }

  @Test func aLineWithoutEndIsPassedOver() throws {
    let siam = try ProtocolProcess(home: home)
    let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<20 { try siam.write(piece) }
    try siam.write(Data("\n".utf8))
    #expect(try siam.events(upTo: "error").last?["code"] as? String == "too-long")
    try siam.send("print 1")
    #expect(try siam.events(upTo: "done").last?["end"] as? String == "completed")
  }

  @Test func optionsCount() throws {
    let siam = try ProtocolProcess(home: home, ["--set", "tau=0.2", "--db", ":memory:"])
    try siam.send("val tau = 0.5; print tau")
    #expect(try siam.events(upTo: "done").contains { $0["text"] as? String == "0.2" })
  }

  @Test func quietIsQuiet() throws {
    let siam = try ProtocolProcess(home: home, ["--quiet"])
    try siam.send("data shapes train=128 test=64; use quick dim=16; batch 64; encoder convnet width=4; loss -Pa . sg(Zb); train 2 steps; print 1")
    #expect(try siam.events(upTo: "done").compactMap { $0["event"] as? String } == ["status", "result", "done"])
  }

  /// What a program writes that a statement starts would else stand among the events.
  @Test func pointsOfAParallelLoopTellThroughTheSession() throws {
    let siam = try ProtocolProcess(home: home)
    try siam.send("for x in 1..2 parallel 2 { print x }")
    let events = try siam.events(upTo: "done")
    #expect(events.last?["end"] as? String == "completed")
    #expect(events.compactMap { $0["text"] as? String }.joined().contains("x = 2:"))
  }

  @Test(arguments: [["--protocol", "xml"], ["--protocol"], ["--protocol", "json", "-e", "print 1"], ["--protocol", "json", "check", "x.siam"]])
  func wrongUsage(arguments: [String]) throws {
    #expect(try SiamProcess.run(arguments, home: home).status == 2)
  }
}
