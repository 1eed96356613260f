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
  }

  /// The word being typed, as UTF-8 offsets.
  public var range: Range<Int>
  public var candidates: [Candidate]

  /// In alphabetical order, each once.
  public init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = Set(candidates).sorted {
      ($0.label.lowercased(), $0.label) < ($1.label.lowercased(), $1.label)
    }
  }

  /// What all candidates begin with.
  public var commonPrefix: String {
    guard var prefix = candidates.first?.text else { return "" }
    for candidate in candidates.dropFirst() { prefix = prefix.commonPrefix(with: candidate.text) }
    return prefix
  }
}
