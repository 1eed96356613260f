/// What a notebook has recorded for a cell against what the cell answers now.
public struct OutputComparison: Sendable {
  public enum Line: Hashable, Sendable {
    case equal(String)
    /// Recorded, and not answered.
    case missing(String)
    /// Answered, and not recorded.
    case added(String)
  }

  /// As recorded and as answered, in the order of both.
  public let lines: [Line]
  /// The farthest that two numbers lie apart that were compared and differ.
  public let farthest: (recorded: Double, found: Double)?

  public var isEqual: Bool { lines.allSatisfy { if case .equal = $0 { true } else { false } } }

  public init(recorded: [String], found: [String], tolerance: Tolerance) {
    guard !OutputText.standsForAnything(recorded) else {
      (lines, farthest) = (found.map(Line.equal), nil)
      return
    }
    let (left, right) = (ComparedLine.lines(recorded), ComparedLine.lines(found))
    lines = Self.aligned(left, right, tolerance)
    farthest = Self.farthest(in: lines, tolerance)
  }

  /// The longest common subsequence, with what belongs to neither between.
  private static func aligned(_ left: [ComparedLine], _ right: [ComparedLine], _ tolerance: Tolerance) -> [Line] {
    // What both begin and end with needs no search; most outputs are equal altogether.
    var start = 0
    while start < min(left.count, right.count), left[start].matches(right[start], tolerance) { start += 1 }
    var end = 0
    while end < min(left.count, right.count) - start, left[left.count - 1 - end].matches(right[right.count - 1 - end], tolerance) { end += 1 }
    let (leftPart, rightPart) = (Array(left[start..<left.count - end]), Array(right[start..<right.count - end]))
    return left[..<start].map { .equal($0.text) } + difference(leftPart, rightPart, tolerance) + left[(left.count - end)...].map { .equal($0.text) }
  }

  /// More lines than these are not searched for what they have in common.
  private static let mostLines = 1_000

  private static func difference(_ left: [ComparedLine], _ right: [ComparedLine], _ tolerance: Tolerance) -> [Line] {
    guard left.count <= mostLines, right.count <= mostLines, !left.isEmpty, !right.isEmpty else {
      return left.map { .missing($0.text) } + right.map { .added($0.text) }
    }
    let width = right.count + 1
    var lengths = [Int](repeating: 0, count: (left.count + 1) * width)
    for row in left.indices.reversed() {
      for column in right.indices.reversed() {
        lengths[row * width + column] =
          left[row].matches(right[column], tolerance)
          ? lengths[(row + 1) * width + column + 1] + 1 : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var lines: [Line] = []
    var added: [Line] = []
    var (row, column) = (0, 0)
    while row < left.count || column < right.count {
      if row < left.count, column < right.count, left[row].matches(right[column], tolerance) {
        lines += added + [.equal(left[row].text)]
        added = []
        (row, column) = (row + 1, column + 1)
      } else if column == right.count || row < left.count && lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        lines.append(.missing(left[row].text))
        row += 1
      } else {
        added.append(.added(right[column].text))
        column += 1
      }
    }
    return lines + added
  }

  /// Among lines that differ in numbers alone.
  private static func farthest(in lines: [Line], _ tolerance: Tolerance) -> (Double, Double)? {
    var missing: [String] = []
    var added: [String] = []
    for line in lines {
      switch line {
      case .equal: continue
      case .missing(let text): missing.append(text)
      case .added(let text): added.append(text)
      }
    }
    guard missing.count == added.count else { return nil }
    var farthest: (Double, Double)?
    for (left, right) in zip(ComparedLine.lines(missing), ComparedLine.lines(added)) {
      guard let pairs = left.numberPairs(with: right) else { return nil }
      for (recorded, found) in pairs where !tolerance.allows(recorded, found) {
        if let known = farthest, abs(known.0 - known.1) >= abs(recorded - found) { continue }
        farthest = (recorded, found)
      }
    }
    return farthest
  }
}

/// A line with what is compared of it.
struct ComparedLine {
  let text: String
  private let tokens: [OutputToken]

  /// Which lines are rows of a table that begins with run numbers, the lines before tell.
  static func lines(_ texts: [String]) -> [ComparedLine] {
    var isList = false
    return texts.enumerated().map { place, text in
      let words = text.split(separator: " ")
      if words.first == "id", place + 1 < texts.count, texts[place + 1].hasPrefix("--") { isList = true }
      defer { if isList, let word = words.first, Int(word) == nil, word != "id", !word.hasPrefix("--") { isList = false } }
      return ComparedLine(text: text, tokens: OutputToken.tokens(of: text, isList: isList))
    }
  }

  func matches(_ other: ComparedLine, _ tolerance: Tolerance) -> Bool {
    if text == other.text { return true }
    guard tokens.count == other.tokens.count else { return false }
    return zip(tokens, other.tokens).allSatisfy { left, right in
      guard left.startsWord == right.startsWord else { return false }
      guard case .number(let recorded) = left.kind, case .number(let found) = right.kind else { return left.kind == right.kind }
      if recorded == found { return true }
      if !tolerance.coversWholeNumbers, Int(recorded) != nil, Int(found) != nil { return false }
      guard let recorded = Double(recorded), let found = Double(found) else { return false }
      return tolerance.allows(recorded, found)
    }
  }

  /// nil where the lines differ in more than numbers.
  func numberPairs(with other: ComparedLine) -> [(Double, Double)]? {
    guard tokens.count == other.tokens.count else { return nil }
    var pairs: [(Double, Double)] = []
    for (left, right) in zip(tokens, other.tokens) {
      if case .number(let recorded) = left.kind, case .number(let found) = right.kind, let recorded = Double(recorded), let found = Double(found) {
        pairs.append((recorded, found))
      } else if left.kind != right.kind {
        return nil
      }
    }
    return pairs
  }
}
