import Foundation
import Terminal
import TestSupport
import Testing

@Suite struct InputHistoryTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  @Test(arguments: ["print 1", "print sum([1,\n2])", "print \\tau", "a\\nb\\", "print \"τ\"", "\\\n\\\n"])
  func anEntryComesBackAsItWas(entry: String) {
    let path = home.path + "/a/b/repl_history"
    var history = InputHistory(path: path)
    let isNew = history.append(entry)
    #expect(isNew)
    #expect(InputHistory(path: path).entries == [entry])
  }

  @Test func blanksAndRepetitionsAreNotKept() {
    var history = InputHistory(path: home.path + "/repl_history")
    for entry in ["print 1", "", "  \n", "print 1", "print 2", "print 1"] { history.append(entry) }
    #expect(InputHistory(path: history.path).entries == ["print 1", "print 2", "print 1"])
  }

  @Test func twoPromptsAtATimeLoseNothing() {
    let path = home.path + "/repl_history"
    var one = InputHistory(path: path)
    var two = InputHistory(path: path)
    one.append("print 1")
    two.append("print 2")
    one.append("print 3")
    #expect(InputHistory(path: path).entries == ["print 1", "print 2", "print 3"])
  }

  @Test func itIsBounded() throws {
    let path = try home.write((1...10_050).map { "print \($0)\n" }.joined(), to: "repl_history")
    #expect(InputHistory(path: path).entries.count == 10_000)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("print 51\nprint 52\n"))
    #expect(InputHistory(path: path).entries.last == "print 10050")
    #expect(try permissions(of: path) == 0o600)
  }

  @Test func onlyItsOwnerReadsIt() throws {
    var history = InputHistory(path: home.path + "/repl_history")
    history.append("print 1")
    #expect(try permissions(of: history.path) == 0o600)
  }

  private func permissions(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func aFileThatCannotBeWrittenKeepsTheSession() {
    var history = InputHistory(path: "/dev/null/repl_history")
    history.append("print 1")
    #expect(history.entries == ["print 1"])
  }

  @Test func bytesThatAreNoTextAreNoEnd() throws {
    let path = try home.write(Data([0x61, 0x0A, 0xFF, 0xFE, 0x0A, 0x62, 0x0A]), to: "repl_history")
    #expect(InputHistory(path: path).entries.count == 3)
  }

  @Test func whereItIs() {
    #expect(InputHistory.standardPath(environment: ["SIAM_HOME": "/s", "XDG_STATE_HOME": "/x"]) == "/s/repl_history")
    #expect(InputHistory.standardPath(environment: ["SIAM_HOME": "", "XDG_STATE_HOME": "/x"]) == "/x/siam/repl_history")
    #expect(InputHistory.standardPath(environment: [:]).hasSuffix("/.local/state/siam/repl_history"))
  }
}
