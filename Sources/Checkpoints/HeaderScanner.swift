/// Reads the JSON that a safetensors header may consist of: objects, strings, and lists of whole numbers. Unlike a general parser it refuses
/// a name that is there twice.
struct HeaderScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// `{"key": …, …}`; `member` reads each value.
  mutating func object(_ member: (String, inout HeaderScanner) throws(HeaderProblem) -> Void) throws(HeaderProblem) {
    try take("{")
    guard !takes("}") else { return }
    var seen: Set<String> = []
    repeat {
      let key = try string()
      guard seen.insert(key).inserted else { throw HeaderProblem("its header names `\(key)` twice") }
      try take(":")
      try member(key, &self)
    } while takes(",")
    try take("}")
  }

  /// `[1, 2]`
  mutating func integers() throws(HeaderProblem) -> [Int] {
    try take("[")
    guard !takes("]") else { return [] }
    var integers: [Int] = []
    repeat { integers.append(try integer()) } while takes(",")
    try take("]")
    return integers
  }

  mutating func string() throws(HeaderProblem) -> String {
    try take("\"")
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw HeaderProblem("its header is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw malformed
      default: text.append(byte)
      }
    }
    throw malformed
  }

  /// Nothing but blanks may follow.
  mutating func end() throws(HeaderProblem) {
    skipBlanks()
    if place < bytes.count { throw malformed }
  }

  private mutating func integer() throws(HeaderProblem) -> Int {
    skipBlanks()
    let digits = bytes[place...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let integer = Int(String(decoding: digits, as: UTF8.self)) else { throw malformed }
    place += digits.count
    return integer
  }

  private mutating func escape() throws(HeaderProblem) -> Unicode.Scalar {
    guard place < bytes.count else { throw malformed }
    place += 1
    switch bytes[place - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw malformed
    }
  }

  /// `\u00b7`, or the two halves of a scalar beyond 16 bits.
  private mutating func unicodeEscape() throws(HeaderProblem) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), bytes[place...].starts(with: Array("\\u".utf8)) else { throw malformed }
    place += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
      throw malformed
    }
    return scalar
  }

  private mutating func hexadecimal() throws(HeaderProblem) -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw malformed
    }
    place += 4
    return value
  }

  private mutating func take(_ sign: Unicode.Scalar) throws(HeaderProblem) {
    guard takes(sign) else { throw malformed }
  }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
  }

  private var malformed: HeaderProblem { HeaderProblem("its header is not the JSON it should be, at byte \(place)") }
}
