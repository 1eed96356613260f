import Foundation
import SourceText

/// What a program asks for: one JSON object on one line.
struct Request {
  enum Kind {
    /// - file: what diagnostics call the code.
    case execute(code: String, file: String, isSilent: Bool)
    case complete(code: String, cursor: Int)
    case inspect(code: String, cursor: Int)
    case isComplete(code: String)
    case shutdown
  }

  /// As it was given: text or a whole number.
  let id: JSONValue
  let kind: Kind

  /// Why a line is no request.
  struct Refusal: Error {
    /// `null` where it could not be read.
    var id = JSONValue.null
    /// `too-long`, `malformed`, `unknown-request` or `bad-argument`
    let code: String
    let message: String
  }

  /// What diagnostics call code that has no name of its own.
  static let unnamedFile = "<input>"
}

extension Request {
  private struct Members: Decodable {
    let id: Identifier?
    let request: String?
    let code: String?
    let cursor: Int?
    let silent: Bool?
    let name: String?
  }

  private enum Identifier: Decodable {
    case text(String)
    case integer(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let integer = try? container.decode(Int.self) {
        self = .integer(integer)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var value: JSONValue {
      switch self {
      case .text(let text): .text(text)
      case .integer(let integer): .integer(integer)
      }
    }
  }

  init(_ line: [UInt8]) throws(Refusal) {
    let members = try Self.members(of: line)
    guard let id = members.id?.value else { throw Refusal(code: "malformed", message: "a request has an `id`: text or a whole number") }
    guard let name = members.request else { throw Refusal(id: id, code: "malformed", message: "what is asked for stands in `request`") }
    func code() throws(Refusal) -> String {
      guard let code = members.code else { throw Refusal(id: id, code: "bad-argument", message: "`\(name)` needs `code`") }
      return code
    }
    func cursor() throws(Refusal) -> Int {
      guard let cursor = members.cursor, cursor >= 0 else {
        throw Refusal(id: id, code: "bad-argument", message: "`\(name)` needs `cursor`: an offset in UTF-8 bytes, from 0")
      }
      return cursor
    }
    self.id = id
    switch name {
    case "execute": kind = .execute(code: try code(), file: members.name ?? Self.unnamedFile, isSilent: members.silent ?? false)
    case "complete": kind = .complete(code: try code(), cursor: try cursor())
    case "inspect": kind = .inspect(code: try code(), cursor: try cursor())
    case "is_complete": kind = .isComplete(code: try code())
    case "shutdown": kind = .shutdown
    default:
      let names = "execute, complete, inspect, is_complete and shutdown"
      throw Refusal(id: id, code: "unknown-request", message: "there is no request `\(name.shortened)`: there are \(names)")
    }
  }

  private static func members(of line: [UInt8]) throws(Refusal) -> Members {
    // Lenient readers would put signs in the place of what is no UTF-8.
    guard String(validating: line, as: UTF8.self) != nil else { throw Refusal(code: "malformed", message: "the line is not UTF-8") }
    do {
      return try JSONDecoder().decode(Members.self, from: Data(line))
    } catch DecodingError.typeMismatch(_, let context) {
      throw Refusal(id: id(of: line), code: "malformed", message: malformed(context.codingPath.first?.stringValue))
    } catch {
      throw Refusal(id: id(of: line), code: "malformed", message: malformed(wrongMember(of: line)))
    }
  }

  /// That of a request of which something else is wrong. The decoder gives up on all of a line where one number does not fit.
  private static func id(of line: [UInt8]) -> JSONValue {
    switch object(of: line)?["id"] {
    case let text as String: .text(text)
    case let number as NSNumber: Int(exactly: number).map(JSONValue.integer) ?? .null
    default: .null
    }
  }

  private static func object(of line: [UInt8]) -> [String: Any]? { (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any] }

  private static func wrongMember(of line: [UInt8]) -> String? {
    guard let object = object(of: line) else { return nil }
    return ["id", "cursor"].first { name in (object[name] as? NSNumber).map { Int(exactly: $0) == nil } ?? false }
  }

  private static func malformed(_ member: String?) -> String {
    switch member {
    case "id": "`id` is text or a whole number"
    case "cursor": "`cursor` is a whole number"
    case "silent": "`silent` is true or false"
    case let name?: "`\(name)` is text"
    case nil: "a request is one JSON object on one line"
    }
  }
}
