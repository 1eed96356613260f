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

  public var names: [Name]
  public var metrics: [String]
  public var settings: [String]
  public var runNames: [String]
  /// What `help` knows beyond statements and functions.
  public var topics: [String]

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
