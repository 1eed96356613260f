import Tables

/// Everything about one run, in the order in which it is printed.
public struct RunReport: Hashable, Sendable {
  public struct Section: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      /// Rows of a name and its value: two columns.
      case pairs(ResultTable)
      case table(ResultTable)
      case lines([String])
    }

    /// `run`, `verdict`, `formulas`, `metrics`, `settings`, `environment`, `statements`, `notes`, `artifacts`.
    public let title: String
    public let content: Content

    public init(title: String, content: Content) {
      self.title = title
      self.content = content
    }
  }

  public let run: Int64
  /// Sections without content are left out.
  public let sections: [Section]

  public init(run: Int64, sections: [Section]) {
    self.run = run
    self.sections = sections
  }
}
