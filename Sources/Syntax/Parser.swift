import SourceText

/// Reads statements.
///
/// To be written by the author of Syntax:
///
///   public static func statements(of file: SourceFile, mode: Mode) throws(Diagnostic) -> [Statement]
///       Mode: .script | .prompt (keywords may be shortened; a bare expression prints)
///   public static func expression(of file: SourceFile) throws(Diagnostic) -> Expression
///   public static func isIncomplete(_ text: String) -> Bool      an open bracket, brace or string, or a trailing operator: the prompt reads on
public struct Parser {
  /// Trees higher than this are refused with a diagnostic, so that no later stage can run out of stack.
  public static let deepestTree = 1_000
}
