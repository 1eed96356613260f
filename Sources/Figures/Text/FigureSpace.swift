/// The room and the characters that there are for a figure in text.
public struct FigureSpace: Sendable {
  public var columns: Int
  /// Lines between a panel's axes; several panels share them.
  public var rows: Int
  /// Without UTF-8.
  public var isASCII: Bool
  public var colors: ColorDepth

  public init(columns: Int, rows: Int, isASCII: Bool = false, colors: ColorDepth = .none) {
    self.columns = max(8, columns)
    self.rows = max(4, rows)
    self.isASCII = isASCII
    self.colors = colors
  }

  var times: String { isASCII ? "x" : "×" }
}

/// How many colours a terminal has.
public enum ColorDepth: Sendable {
  case none
  /// The 256 of xterm.
  case palette
  case full
}
