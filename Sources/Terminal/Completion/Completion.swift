/// What Tab offers at one place.
public struct Completion: Equatable, Sendable {
  public struct Candidate: Equatable, Hashable, Sendable {
    /// What is put in the place of the word being typed.
    public let text: String
    /// What a list shows.
    public let label: String
    /// Typed after it when it is the only one: a blank after a keyword, a quote after a file's name.
    public let suffix: String

    public init(_ text: String, label: String? = nil, suffix: String = "") {
      self.text = text
      self.label = label ?? text
      self.suffix = suffix
    }

    /// SQL's own words are found in either case.
    func begins(with typed: String) -> Bool {
      text.hasPrefix(typed)
        || text.first?.isUppercase == true && text.allSatisfy { !$0.isLowercase } && text.count > 1
          && text.hasPrefix(typed.uppercased()) && typed.count > 1
    }
  }

  /// The word being typed, as UTF-8 offsets.
  public var range: Range<Int>
  public var candidates: [Candidate]

  /// In alphabetical order, each text once; numbers from the largest, which is the newest run.
  public init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    var known: [String: Candidate] = [:]
    // Of two of one text the one that says what follows.
    for candidate in candidates where known[candidate.text].map({ $0.suffix.isEmpty }) ?? true { known[candidate.text] = candidate }
    self.candidates = known.values.sorted(by: Self.precedes)
  }

  private static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if let first = Int64(left.text), let second = Int64(right.text) { return first > second }
    return (left.label.lowercased(), left.label) < (right.label.lowercased(), right.label)
  }

  /// What all candidates begin with.
  public var commonPrefix: String {
    guard var prefix = candidates.first?.text else { return "" }
    for candidate in candidates.dropFirst() { prefix = prefix.commonPrefix(with: candidate.text) }
    return prefix
  }
}
