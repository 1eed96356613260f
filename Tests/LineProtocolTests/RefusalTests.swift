import Foundation
import LineProtocol
import TestSupport
import Testing

/// Lines that are no requests: each is answered, and the next one is read.
struct RefusalTests {
  @Test(arguments: [
    ("garbage", "malformed"), ("{", "malformed"), ("[]", "malformed"), ("null", "malformed"), ("{}", "malformed"), ("\"execute\"", "malformed"),
    ("{\"request\": \"execute\", \"code\": \"1\"}", "malformed"), ("{\"id\": null, \"request\": \"execute\"}", "malformed"),
    ("{\"id\": 1.5, \"request\": \"execute\"}", "malformed"), ("{\"id\": [1], \"request\": \"execute\"}", "malformed"),
    ("{\"id\": 1e99, \"request\": \"execute\"}", "malformed"), ("{\"id\": 7}", "malformed"), ("{\"id\": 7, \"request\": 3}", "malformed"),
    ("{\"id\": 7, \"request\": \"execute\", \"code\": 5}", "malformed"),
    ("{\"id\": 7, \"request\": \"execute\", \"code\": \"\\ud800\"}", "malformed"),
    ("{\"id\": 7, \"request\": \"execute\", \"code\": \"1\", \"silent\": 3}", "malformed"), ("{\"id\": 7, \"request\": \"execute\"} x", "malformed"),
    ("{\"id\": 7, \"request\": \"complete\", \"code\": \"1\", \"cursor\": \"1\"}", "malformed"),
    ("{\"id\": 7, \"request\": \"complete\", \"code\": \"1\", \"cursor\": 0.5}", "malformed"),
    ("{\"id\": 7, \"request\": \"complete\", \"code\": \"1\", \"cursor\": 1e30}", "malformed"),
    ("{\"id\": 7, \"request\": \"execute\"}", "bad-argument"), ("{\"id\": 7, \"request\": \"complete\", \"code\": \"1\"}", "bad-argument"),
    ("{\"id\": 7, \"request\": \"inspect\", \"code\": \"1\", \"cursor\": -1}", "bad-argument"),
    ("{\"id\": 7, \"request\": \"run\"}", "unknown-request")
  ])
  func areAnsweredWithWhatIsWrong(line: String, code: String) throws {
    let dialogue = try Dialogue()
    let events = try dialogue.say(line)
    #expect(events.count == 1)
    #expect(events[0]["event"] as? String == "error")
    #expect(events[0]["code"] as? String == code, "\(events)")
    #expect((events[0]["message"] as? String)?.isEmpty == false)
    #expect(try dialogue.execute("print 2").first?["text"] as? String == "2")
  }

  @Test func theIdIsKeptWhereItCanBeRead() throws {
    let dialogue = try Dialogue()
    #expect(try dialogue.say("{\"id\": 7, \"request\": \"complete\", \"code\": \"\", \"cursor\": \"x\"}")[0]["id"] as? Int == 7)
    for cursor in ["0.5", "1e30", "18446744073709551616"] {
      let answer = try dialogue.say("{\"id\": 7, \"request\": \"complete\", \"code\": \"\", \"cursor\": \(cursor)}")[0]
      #expect(answer["id"] as? Int == 7 && answer["message"] as? String == "`cursor` is a whole number", "\(answer)")
    }
    #expect(try dialogue.say("{\"id\": \"a\", \"request\": \"run\"}")[0]["id"] as? String == "a")
    #expect(try dialogue.say("{\"id\": 2.5}")[0]["id"] is NSNull)
  }

  @Test(arguments: [[UInt8]]([[0xFF, 0xFE], [0x22, 0xC3, 0x22], [0], Array("{\"id\": 1, \"request\": \"".utf8) + [0xED, 0xA0, 0x80, 0x22, 0x7D]]))
  func bytesThatAreNoText(line: [UInt8]) throws {
    #expect(try Dialogue().say(line).first?["code"] as? String == "malformed")
  }

  @Test func blankLinesAreNothing() throws {
    #expect(try Dialogue().say("").isEmpty)
    #expect(try Dialogue().say("  \t\r").isEmpty)
  }

  @Test func nestingWithoutEnd() throws {
    let depth = 100_000
    let line = "{\"id\": 1, \"request\": \"execute\", \"code\": " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    #expect(try Dialogue().say(line).first?["code"] as? String == "malformed")
  }

  @Test func aLineBehindTheLimit() throws {
    let (events, end) = try Dialogue().say(.tooLong(limit: 5))
    #expect(end == nil)
    #expect(events.map { $0["code"] as? String } == ["too-long"])
  }

  /// Mutations of real requests: each line has exactly one answer, `error` or `busy … idle`, and the session lives on.
  @Test func randomLines() throws {
    var random = SplitMix64(state: 17)
    let dialogue = try Dialogue()
    let seeds = [
      #"{"id": 1, "request": "execute", "code": "print norm([[3, 4], [1, 0]])", "silent": true}"#,
      #"{"id": 2, "request": "complete", "code": "print τ + info", "cursor": 9}"#,
      #"{"id": "c", "request": "inspect", "code": "loss -Za . sg(Zb)", "cursor": 12}"#,
      #"{"id": 4, "request": "is_complete", "code": "for x in 1..3 {"}"#
    ].map { Array($0.utf8) }
    for _ in 0..<2000 {
      var line = seeds[Int(random.next() % UInt64(seeds.count))]
      for _ in 0..<(1 + random.next() % 4) {
        let place = Int(random.next() % UInt64(line.count))
        switch random.next() % 3 {
        case 0: line[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: line.remove(at: place)
        default: line.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
      }
      line.removeAll { $0 == 10 }
      let events = try dialogue.say(line)
      let isRefused = events.count == 1 && events[0]["event"] as? String == "error"
      let isAnswered = events.first?["status"] as? String == "busy" && events.last?["status"] as? String == "idle"
      #expect(isRefused || isAnswered, "\(String(decoding: line, as: UTF8.self))")
    }
    #expect(try dialogue.execute("print 2").first?["text"] as? String == "2")
  }

  /// A cursor anywhere, inside characters and behind the end, in texts of any kind.
  @Test func randomCursors() throws {
    var random = SplitMix64(state: 5)
    let dialogue = try Dialogue()
    let pieces = ["print ", "τ", "𝛕", "\"", "(", ")", "{", "}", "#", "\n", ";", "Za", "infonce", "\\ta", "1.5", " ", ".", "=", "[", "é", "👩‍👩‍👧"]
    for _ in 0..<500 {
      let code = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      let cursor = Int(random.next() % UInt64(code.utf8.count + 3))
      let completion = try #require(try dialogue.ask("complete", ["code": code, "cursor": cursor]).first)
      let start = try #require(completion["start"] as? Int)
      let end = try #require(completion["end"] as? Int)
      #expect(0 <= start && start <= end && end <= min(cursor, code.utf8.count), "\(code.debugDescription) \(cursor)")
      _ = try dialogue.ask("inspect", ["code": code, "cursor": cursor])
      _ = try dialogue.completeness(code)
    }
  }
}
