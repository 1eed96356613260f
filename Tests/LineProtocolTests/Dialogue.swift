import Commands
import Foundation
import LineProtocol
import Testing

/// A conversation in memory, and what it says to each line.
final class Dialogue {
  typealias Event = [String: any Sendable]

  private let lines = Lines()
  private let conversation: Conversation

  init(_ code: String = "") throws {
    let lines = lines
    conversation = Conversation(options: SessionOptions(databasePath: ":memory:", isInteractive: true)) { lines.all.append($0) }
    conversation.greet(processIdentifier: 7)
    if !code.isEmpty { #expect(try execute(code).last?["end"] as? String == "completed") }
  }

  private final class Lines { var all: [String] = [] }

  /// Everything said since the last call. Each line must be strict JSON.
  func taken() throws -> [Event] {
    defer { lines.all = [] }
    return try lines.all.map { line in
      #expect(!line.contains("\n"))
      return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Event, "\(line)")
    }
  }

  /// - Returns: what is said to a line as it is.
  func say(_ line: [UInt8]) throws -> [Event] {
    _ = try taken()
    _ = conversation.receive(.whole(line))
    return try taken()
  }

  func say(_ line: String) throws -> [Event] { try say(Array(line.utf8)) }

  func say(_ line: LineBuffer.Line) throws -> (events: [Event], end: Conversation.End?) {
    _ = try taken()
    let end = conversation.receive(line)
    return (try taken(), end)
  }

  /// - Returns: the events between `busy` and `idle`.
  func ask(_ request: String, _ members: [String: any Sendable]) throws -> [Event] {
    let object = members.merging(["id": "q", "request": request]) { $1 }
    let events = try say(Array(try JSONSerialization.data(withJSONObject: object)))
    #expect(events.allSatisfy { $0["id"] as? String == "q" })
    #expect(events.first?["status"] as? String == "busy")
    #expect(events.last?["status"] as? String == "idle")
    return Array(events.dropFirst().dropLast())
  }

  func execute(_ code: String, silent: Bool = false) throws -> [Event] { try ask("execute", ["code": code, "silent": silent]) }

  /// - Parameter code: with `|` where the cursor is.
  func inspect(_ code: String) throws -> String? {
    try ask("inspect", Self.members(code)).first?["name"] as? String
  }

  /// - Returns: the text that would be replaced, and what could be put there.
  func complete(_ code: String) throws -> (replaced: String, matches: [String: String]) {
    let members = Self.members(code)
    let event = try #require(try ask("complete", members).first)
    let text = Array((members["code"] as? String ?? "").utf8)
    let start = try #require(event["start"] as? Int)
    let end = try #require(event["end"] as? Int)
    let matches = try #require(event["matches"] as? [Event])
    let pairs = matches.map { ($0["text"] as? String ?? "", $0["type"] as? String ?? "") }
    return (String(decoding: text[start..<end], as: UTF8.self), Dictionary(uniqueKeysWithValues: pairs))
  }

  func completeness(_ code: String) throws -> Event { try #require(try ask("is_complete", ["code": code]).first) }

  private static func members(_ code: String) -> [String: any Sendable] {
    let parts = code.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return ["code": parts.joined(), "cursor": parts[0].utf8.count]
  }
}
