/// The statement that the cursor stands in, as far as it has been typed.
///
/// Statements begin at the start of the text, after `;`, `{`, `}`, and after a newline outside brackets that no operator stands before.
struct StatementFragment {
  /// The statement's tokens up to the cursor.
  private(set) var tokens: [Token] = []
  /// Whether the cursor stands in a comment.
  private(set) var isInComment = false
  /// Whether the statement begins behind the `}` of an `if`, where it can be `else`.
  private(set) var isBehindIf = false

  private let scalars: [(scalar: Unicode.Scalar, offset: Int)]
  private let end: Int
  private var index = 0
  private var depth = 0
  /// Of each block that is open, whether it is that of an `if` or an `else if`.
  private var blocks: [Bool] = []

  /// - Parameter cursor: a UTF-8 offset; what stands behind it is not read.
  init(_ text: String, cursor: Int) {
    var offset = 0
    var scalars: [(Unicode.Scalar, Int)] = []
    for scalar in text.unicodeScalars {
      guard offset + scalar.utf8.count <= cursor else { break }
      scalars.append((scalar, offset))
      offset += scalar.utf8.count
    }
    self.scalars = scalars
    end = offset
    while index < scalars.count { takeToken() }
  }

  /// The word that ends at the cursor, and the tokens before it.
  var split: (before: ArraySlice<Token>, partial: Token?) {
    guard let last = tokens.last, last.range.upperBound == end, last.kind != .sign, last.kind != .string else {
      return (tokens[...], nil)
    }
    return (tokens.dropLast(), last)
  }

  var cursor: Int { end }

  /// Whether an operand ends right at the cursor: `f(x)|`, `"a"|`.
  var isBehindOperand: Bool {
    guard let last = tokens.last, last.range.upperBound == end else { return false }
    return last.kind == .string || last.endsOperand
  }

  // MARK: - Reading

  private func scalar(at index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index].scalar : nil }

  private func offset(at index: Int) -> Int { index < scalars.count ? scalars[index].offset : end }

  private mutating func takeToken() {
    let scalar = scalars[index].scalar
    switch scalar {
    case "\n": takeNewline()
    case "#": takeComment()
    case "\"": takeString()
    case "\\": take(.escape, while: { $0.properties.isAlphabetic }, skipping: 1)
    case "0"..."9": takeNumber()
    case _ where Self.isNameScalar(scalar): take(.word, while: { Self.isNameScalar($0) || $0.properties.numericType != nil })
    case _ where scalar.properties.isWhitespace: index += 1
    default: takeSign()
    }
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private mutating func takeNewline() {
    index += 1
    let continues = tokens.last.map { $0.kind == .sign && !$0.endsOperand } ?? false
    // `else` may stand on a line of its own.
    let isBehindIf = isBehindIf && tokens.isEmpty
    if depth == 0 && !continues { startStatement() }
    self.isBehindIf = isBehindIf
  }

  private mutating func takeComment() {
    while index < scalars.count, scalars[index].scalar != "\n" { index += 1 }
    isInComment = index == scalars.count
  }

  private mutating func takeString() {
    let start = index
    index += 1
    var text = ""
    while let scalar = scalar(at: index), scalar != "\"" {
      text.unicodeScalars.append(scalar)
      index += 1
    }
    let isClosed = index < scalars.count
    if isClosed { index += 1 }
    append(isClosed ? .string : .openString, text, from: start)
  }

  private mutating func take(_ kind: Token.Kind, while belongs: (Unicode.Scalar) -> Bool, skipping count: Int = 0) {
    let start = index
    index += count
    while let scalar = scalar(at: index), belongs(scalar) { index += 1 }
    // A scalar that begins a token belongs to it.
    if index == start { index += 1 }
    append(kind, text(from: start), from: start)
  }

  /// A point belongs to a number when a digit stands behind it: `0.2..1` is `0.2`, `.`, `.`, `1`.
  private mutating func takeNumber() {
    let start = index
    while let scalar = scalar(at: index) {
      let isPoint = scalar == "." && self.scalar(at: index + 1).map { ("0"..."9").contains($0) } == true
      guard ("0"..."9").contains(scalar) || scalar == "e" || isPoint else { break }
      index += 1
    }
    append(.number, text(from: start), from: start)
  }

  private mutating func takeSign() {
    let start = index
    let sign = scalars[index].scalar
    index += 1
    switch sign {
    case ";", "{", "}":
      let words = tokens.prefix(2)
      if sign == "{" { blocks.append(words.first?.isWord("if") == true || words.map(\.text) == ["else", "if"]) }
      let closesIf = sign == "}" && blocks.popLast() == true
      startStatement()
      isBehindIf = closesIf
      return
    case "(", "[": depth += 1
    case ")", "]": depth = max(0, depth - 1)
    case "=", "!", "<", ">":
      if scalar(at: index) == "=" { index += 1 }
    default: break
    }
    append(.sign, text(from: start), from: start)
  }

  private func text(from start: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<index].map(\.scalar)))
  }

  private mutating func append(_ kind: Token.Kind, _ text: String, from start: Int) {
    tokens.append(Token(kind: kind, text: text, range: offset(at: start)..<offset(at: index)))
  }

  private mutating func startStatement() {
    tokens = []
    depth = 0
    isBehindIf = false
  }
}
