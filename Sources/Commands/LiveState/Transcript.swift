/// The statements that made the live state, oldest first.
///
/// Every state to come back to keeps the transcript of its moment, and a session of thousands of statements has thousands of states. So the
/// list is in parts, and a copy that grows shares all of them but its last.
struct Transcript {
  private static let partCount = 64

  private var parts: [[String]] = []

  init(_ statements: [String] = []) {
    for statement in statements { append(statement) }
  }

  mutating func append(_ statement: String) {
    if let last = parts.last, last.count < Self.partCount { parts[parts.count - 1].append(statement) } else { parts.append([statement]) }
  }

  var statements: [String] { parts.flatMap(\.self) }

  func last(where fits: (String) -> Bool) -> String? {
    for part in parts.reversed() { if let statement = part.last(where: fits) { return statement } }
    return nil
  }
}
