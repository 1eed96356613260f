/// A text that statements were read from: a script, a prompt line, an `-e` argument.
///
/// Offsets into it are UTF-8 byte offsets, as the lexer counts; lines and columns (in characters) are made when something is shown.
public final class SourceFile: Sendable {
  /// What a diagnostic calls it: a path as the user gave it, or `<prompt>`, `<-e>`, `<stdin>`.
  public let name: String
  public let text: String
  /// The text's bytes, kept once because the lexer indexes them.
  public let bytes: [UInt8]
  /// The byte offset at which each line begins.
  private let lineStarts: [Int]

  public init(name: String, text: String) {
    self.name = name
    self.text = text
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  public var lineCount: Int { lineStarts.count }

  /// The 1-based line that holds the byte at `offset`.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The byte range of a 1-based line, without its newline.
  public func range(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(start, end)
  }

  public func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}
