/// What a statement says of itself: help, completion and the reference page are made from it.
public struct StatementDeclaration: Sendable {
  public let keyword: String
  /// `data KIND ["DIR"] [or KIND …] [train=N] [test=N]`
  public let signature: String
  /// One sentence, no full stop.
  public let summary: String
  /// Where the paper has it.
  public let paper: String?
  /// Statements that can be run as they are.
  public let examples: [String]
  public let options: [Option]
  /// What of its answer does not explain itself.
  public let answers: [Answer]
  /// What may stand behind the keyword: a set for each place, the last of which repeats.
  public let arguments: [[Completable]]
  /// Words (`where`, `on`) and signs (`=`, `>`) inside the statement behind which something else is expected.
  public let clauses: [Clause]

  public init(
    keyword: String, signature: String, summary: String, paper: String? = nil, examples: [String] = [], options: [Option] = [],
    answers: [Answer] = [], arguments: [[Completable]] = [], clauses: [Clause] = []
  ) {
    self.keyword = keyword
    self.signature = signature
    self.summary = summary
    self.paper = paper
    self.examples = examples
    self.options = options
    self.answers = answers
    self.arguments = arguments
    self.clauses = clauses
  }

  /// `key=value`
  public struct Option: Sendable {
    public let name: String
    /// The words it may be, if it is one of a few.
    public let values: [String]
    /// What holds without it, in words or as typed; empty where that goes without saying.
    public let standard: String
    public let summary: String

    public init(_ name: String, values: [String] = [], default standard: String = "", summary: String = "") {
      self.name = name
      self.values = values
      self.standard = standard
      self.summary = summary
    }
  }

  /// A part of what a statement says.
  public struct Answer: Sendable {
    /// As it stands there.
    public let text: String
    public let meaning: String

    public init(_ text: String, _ meaning: String) {
      self.text = text
      self.meaning = meaning
    }
  }

  public struct Clause: Sendable {
    public let word: String
    /// The clause that it can only stand behind, if there is one.
    public let after: String?
    public let arguments: [[Completable]]

    public init(_ word: String, after: String? = nil, _ arguments: [Completable]...) {
      self.word = word
      self.after = after
      self.arguments = arguments
    }
  }

  /// A kind of thing that can be completed.
  public enum Completable: Sendable {
    case words([String])
    /// A formula: the names that fit; functions and modules with their parenthesis.
    case formula
    /// Every name, whatever it is.
    case names
    /// What `let` and `val` made.
    case definitions
    case modules
    case metrics
    case settings
    /// What queries on the history can name, and what joins it.
    case columns
    /// What can be changed of the run behind the keyword.
    case changes
    /// Views, their columns, and SQL's own words.
    case sql
    /// Numbers of runs; inside quotes their names.
    case runs
    case forgottenRuns
    /// What `branch` has kept.
    case branches
    /// Files and folders, inside quotes.
    case paths
    /// Those that end so, and folders; all where none does.
    case files([String])
    /// Statements, functions and topics, for `help`.
    case topics
  }
}
