/// What stands around a place in code that may be unfinished or wrong.
struct CursorContext {
  /// The name that the place touches.
  private(set) var word: String?
  /// The function in whose parentheses it is, the innermost one.
  var function: String? { brackets.last { $0.function != nil }?.function }
  /// The first word of the statement, where it is not the one touched.
  private(set) var keyword: String?
  /// Braces that are open there.
  var openBraces: Int { brackets.count { $0.scalar == "{" } }
  private(set) var isInString = false
  private(set) var isInComment = false

  private struct Bracket {
    let scalar: Unicode.Scalar
    var function: String?
  }

  private var brackets: [Bracket] = []
  private var isEscaped = false
  /// The name being read: its text and where it begins.
  private var current: (text: String, start: Int)?
  /// The last name and where it ended.
  private var previous: (text: String, end: Int)?

  /// - Parameter cursor: an offset in UTF-8 bytes; behind the end it is the end, inside a character its beginning.
  init(_ code: String, cursor: Int) {
    var offset = 0
    for scalar in code.unicodeScalars {
      let end = offset + scalar.utf8.count
      let isBefore = end <= cursor
      if !isBefore && current == nil && !Self.isName(scalar) { return }
      if !isBefore && (isInString || isInComment) { return }
      take(scalar, at: offset, cursor: cursor, isBefore: isBefore)
      if !isBefore && current == nil { return }
      offset = end
    }
    endWord(at: offset, cursor: cursor)
  }

  static func isName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private mutating func take(_ scalar: Unicode.Scalar, at offset: Int, cursor: Int, isBefore: Bool) {
    if isInComment {
      if scalar == "\n" { isInComment = false } else { return }
    }
    if isInString { return takeOfString(scalar) }
    if Self.isName(scalar) {
      current = (current.map { $0.text } ?? "", current?.start ?? offset)
      current?.text.unicodeScalars.append(scalar)
      return
    }
    endWord(at: offset, cursor: cursor)
    guard isBefore else { return }
    switch scalar {
    case "\"": isInString = true
    case "#": isInComment = true
    case "(", "[": brackets.append(Bracket(scalar: scalar, function: scalar == "(" && previous?.end == offset ? previous?.text : nil))
    case "{":
      brackets.append(Bracket(scalar: scalar))
      keyword = nil
    case ")", "]", "}":
      _ = brackets.popLast()
      if scalar == "}" { keyword = nil }
    case ";": keyword = nil
    case "\n" where !brackets.contains { $0.scalar != "{" }: keyword = nil
    default: break
    }
  }

  private mutating func takeOfString(_ scalar: Unicode.Scalar) {
    if !isEscaped && scalar == "\"" { isInString = false }
    isEscaped = !isEscaped && scalar == "\\"
  }

  /// A number's digits are no name.
  private mutating func endWord(at offset: Int, cursor: Int) {
    guard let (text, start) = current else { return }
    current = nil
    guard let first = text.unicodeScalars.first, first.properties.numericType == nil else { return }
    if start <= cursor && cursor <= offset {
      word = text
    } else if keyword == nil {
      keyword = text
    }
    previous = (text, offset)
  }
}
