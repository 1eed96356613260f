/// A stretch of one source file, in bytes.
public struct SourceSpan: Hashable, Sendable {
  public let file: SourceFile
  public let range: Range<Int>

  public init(_ file: SourceFile, _ range: Range<Int>) {
    self.file = file
    self.range = range
  }

  /// The user's own words.
  public var text: String { file.text(in: range) }
  /// 1-based.
  public var line: Int { file.line(at: range.lowerBound) }
  /// 1-based, in characters.
  public var column: Int {
    file.text(in: file.range(ofLine: line).lowerBound..<range.lowerBound).count + 1
  }

  /// The smallest span that covers both.
  public func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(
      file, min(range.lowerBound, other.range.lowerBound)..<max(range.upperBound, other.range.upperBound))
  }

  public static func == (left: SourceSpan, right: SourceSpan) -> Bool {
    left.file === right.file && left.range == right.range
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(range)
  }
}
