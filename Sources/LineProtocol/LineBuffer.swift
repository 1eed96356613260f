/// Cuts what arrives in pieces into lines, none of which grows without end.
public struct LineBuffer {
  public enum Line: Equatable, Sendable {
    /// Without its newline.
    case whole([UInt8])
    /// It went on behind the limit and was passed over.
    case tooLong(limit: Int)
  }

  private let limit: Int
  private var pending: [UInt8] = []
  private var isPassingOver = false

  public init(limit: Int = 16 << 20) { self.limit = limit }

  /// The lines that have ended.
  public mutating func append(_ bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      hold(rest[..<end])
      lines.append(take())
      rest = rest[(end + 1)...]
    }
    hold(rest)
    return lines
  }

  /// The last line, where no newline ended it.
  public mutating func finish() -> Line? { pending.isEmpty && !isPassingOver ? nil : take() }

  private mutating func hold(_ bytes: ArraySlice<UInt8>) {
    if isPassingOver { return }
    if pending.count + bytes.count > limit {
      isPassingOver = true
      pending = []
    } else {
      pending += bytes
    }
  }

  private mutating func take() -> Line {
    defer { (pending, isPassingOver) = ([], false) }
    return isPassingOver ? .tooLong(limit: limit) : .whole(pending)
  }
}
