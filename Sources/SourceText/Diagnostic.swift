/// Something to tell the user about their own words. It is data; `DiagnosticRenderer` alone turns it into text.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Level: String, Sendable { case error, warning, note }

  public var level: Level
  /// One sentence, no full stop, the user's words in backticks.
  public var message: String
  /// What the caret stands under; nil when there is no text to point at (a file that cannot be opened by the command line, say).
  public var site: SourceSpan?
  /// Other places to underline on the same line (the other side of a mismatch).
  public var related: [SourceSpan]
  /// What to do about it: each is printed on a line of its own behind `hint:`.
  public var hints: [String]

  public init(
    _ level: Level = .error, _ message: String, at site: SourceSpan? = nil, related: [SourceSpan] = [],
    hints: [String] = []
  ) {
    self.level = level
    self.message = message
    self.site = site
    self.related = related
    self.hints = hints
  }

  /// `Diagnostic("…", at: span, hint: "…")`: an error with at most one hint.
  public init(_ message: String, at site: SourceSpan?, related: [SourceSpan] = [], hint: String? = nil) {
    self.init(.error, message, at: site, related: related, hints: hint.map { [$0] } ?? [])
  }
}
