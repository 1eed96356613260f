/// What a statement says of itself: help, completion and the reference page are made from it.
public struct StatementDeclaration: Sendable {
  public let keyword: String
  /// `data KIND ["DIR"] [or KIND …] [train=N] [test=N]`
  public let signature: String
  /// One sentence, no full stop.
  public let summary: String
  public let examples: [String]
  public let options: [Option]
  /// What may stand behind the keyword: a set for each place, the last of which repeats.
  public let arguments: [[Completable]]
  /// Words (`where`, `on`) and signs (`=`, `>`) inside the statement behind which something else is expected.
  public let clauses: [Clause]

  public init(
    keyword: String, signature: String, summary: String, examples: [String] = [], options: [Option] = [],
    arguments: [[Completable]] = [], clauses: [Clause] = []
  ) {
    self.keyword = keyword
    self.signature = signature
    self.summary = summary
    self.examples = examples
    self.options = options
    self.arguments = arguments
    self.clauses = clauses
  }

  /// `key=value`
  public struct Option: Sendable {
    public let name: String
    /// The words it may be, if it is one of a few.
    public let values: [String]
    public let summary: String

    public init(_ name: String, values: [String] = [], summary: String = "") {
      self.name = name
      self.values = values
      self.summary = summary
    }
  }

  public struct Clause: Sendable {
    public let word: String
    public let arguments: [[Completable]]

    public init(_ word: String, _ arguments: [Completable]...) {
      self.word = word
      self.arguments = arguments
    }
  }

  /// A kind of thing that can be completed.
  public enum Completable: Sendable {
    case words([String])
    /// Every name; functions and modules with their parenthesis.
    case formula
    /// What `let` and `val` made.
    case definitions
    case modules
    case metrics
    case settings
    /// Names of runs, inside quotes.
    case runs
    /// Files and folders, inside quotes.
    case paths
    /// Statements, functions and topics, for `help`.
    case topics
  }
}
