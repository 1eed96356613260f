/// Reads the tags and texts of an XML document, as far as pictures need it: no document type with definitions of its own.
struct MarkupScanner {
  enum Piece: Equatable {
    case start(String, attributes: [Attribute], isClosed: Bool)
    case end(String)
    case text(String)
  }

  struct Attribute: Equatable {
    let name: String
    /// With its character references resolved.
    let value: String
  }

  /// The text is no such document.
  struct Malformed: Error {}

  private let bytes: [UInt8]
  private var position = 0

  init(_ document: String) { bytes = Array(document.utf8) }

  /// nil at the end.
  mutating func next() throws(Malformed) -> Piece? {
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") { return .text(try Self.resolved(take { $0 != UInt8(ascii: "<") })) }
      if skip("<!--") {
        try takeThrough("-->")
      } else if skip("<![CDATA[") {
        return .text(String(try takeThrough("]]>")))
      } else if skip("<?") {
        try takeThrough("?>")
      } else if skip("<!") {
        guard !(try takeThrough(">")).contains("[") else { throw Malformed() }
      } else if skip("</") {
        let name = try takeName()
        skipBlanks()
        guard skip(">") else { throw Malformed() }
        return .end(name)
      } else {
        return try takeStart()
      }
    }
    return nil
  }

  private mutating func takeStart() throws(Malformed) -> Piece {
    guard skip("<") else { throw Malformed() }
    let name = try takeName()
    var attributes: [Attribute] = []
    while true {
      skipBlanks()
      if skip("/>") { return .start(name, attributes: attributes, isClosed: true) }
      if skip(">") { return .start(name, attributes: attributes, isClosed: false) }
      let key = try takeName()
      skipBlanks()
      guard skip("=") else { throw Malformed() }
      skipBlanks()
      guard let quote = ["\"", "'"].first(where: { skip($0) }) else { throw Malformed() }
      let value = try takeThrough(quote)
      guard !value.contains("<") else { throw Malformed() }
      attributes.append(Attribute(name: key, value: try Self.resolved(value)))
    }
  }

  private mutating func takeName() throws(Malformed) -> String {
    let name = take { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard !name.isEmpty else { throw Malformed() }
    return name
  }

  private mutating func take(while condition: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, condition(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipBlanks() { _ = take { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

  private mutating func skip(_ sign: String) -> Bool {
    let sign = Array(sign.utf8)
    guard bytes[position...].starts(with: sign) else { return false }
    position += sign.count
    return true
  }

  /// What stands before a sign, which is taken as well.
  @discardableResult
  private mutating func takeThrough(_ sign: String) throws(Malformed) -> String {
    let start = position
    while position < bytes.count {
      let end = position
      if skip(sign) { return String(decoding: bytes[start..<end], as: UTF8.self) }
      position += 1
    }
    throw Malformed()
  }

  /// Text without character references: `&lt;`, `&#60;`, `&#x3C;`.
  private static func resolved(_ text: String) throws(Malformed) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else { throw Malformed() }
      guard let character = CharacterReference.text(for: String(rest[rest.index(after: start)..<end])) else { throw Malformed() }
      result += character
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
