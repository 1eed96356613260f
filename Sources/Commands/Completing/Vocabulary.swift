/// The words that mean something in a session right now, for completion.
public struct Vocabulary: Sendable {
  public struct Name: Hashable, Sendable {
    public enum Kind: Sendable {
      /// `Za`, `oz`, `loss`: what the language defines.
      case quantity
      /// `let`
      case formula
      /// `val`
      case value
      /// Completed with its opening parenthesis.
      case function
      /// `encoder`, `h`: callable in formulas, bare in `rate h constant`.
      case module
    }
    public let name: String
    public let kind: Kind

    public init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  public struct Run: Hashable, Sendable {
    public let number: Int64
    public let name: String

    public init(_ number: Int64, name: String) {
      self.number = number
      self.name = name
    }
  }

  public struct View: Hashable, Sendable {
    public let name: String
    public let columns: [String]

    public init(_ name: String, columns: [String]) {
      self.name = name
      self.columns = columns
    }
  }

  public var names: [Name]
  public var metrics: [String]
  public var settings: [String]
  public var runNames: [String]
  /// What `help` knows beyond statements and functions.
  public var topics: [String]
  /// What queries on the history name, functions with their parenthesis.
  public var columns: [String] = []
  /// What joins them: `and`, `contains`.
  public var connectives: [String] = []
  /// The words that a column holds, where they are a few.
  public var columnValues: [String: [String]] = [:]
  /// The newest runs, and the newest of the forgotten ones.
  public var runs: [Run] = []
  public var forgottenRuns: [Run] = []
  public var branches: [String] = []
  /// What SQL can read.
  public var views: [View] = []

  public init(
    names: [Name] = [], metrics: [String] = [], settings: [String] = [], runNames: [String] = [], topics: [String] = []
  ) {
    self.names = names
    self.metrics = metrics
    self.settings = settings
    self.runNames = runNames
    self.topics = topics
  }
}

/// What completion asks at single places, as the answer takes some work.
public protocol CompletionAdvisor {
  /// The names that fit where the text of a formula ends, as they are typed there; nil where nothing is known.
  func names(fittingAfter beginning: String) -> [String]?
  /// What can be changed behind `rerun RUN with`.
  func changeableNames(ofRun run: String) -> [String]
}
