import SourceText

/// Reads statements: recursive descent for statements, precedence climbing for formulas. `Grammar.txt` holds the whole
/// grammar; each method quotes the production that it reads.
///
/// The first mistake ends the parse, as one diagnostic, unless `readableStatements` gathers them.
public struct Parser {
  /// Trees higher than this are refused with a diagnostic, so that no later stage can run out of stack.
  public static let deepestTree = 1_000

  public enum Mode: Sendable {
    case script
    /// Keywords may be shortened to an unambiguous prefix, and a bare expression prints.
    case prompt
  }

  let file: SourceFile
  let mode: Mode
  /// Whether a word is a name that the session knows: at the prompt such a name is not taken for a shortened keyword.
  let isKnownName: (String) -> Bool
  /// Names that statements before this one define: they too are no shortened keywords.
  var boundNames: Set<String> = []

  var lexer: Lexer
  /// The token not yet consumed.
  var token: Token
  /// Where the last consumed token ended.
  var previousEnd = 0
  /// The brackets that are open, innermost last.
  var openBrackets: [(symbol: Token.Symbol, span: SourceSpan)] = []
  /// How many constructs the parser is inside of.
  var depth = 0
  /// Inside `history where`: `=` compares, and there are `like`, `between`, `contains`, `is missing` and `-7d`.
  var isInQuery = false
  /// Of the blocks that were read in spite of them; nil: the first mistake ends the parse.
  var mistakesInBlocks: [Diagnostic]?
  /// While the words for a hint are looked up, mistakes need no hints.
  var isReadingAhead = false

  init(
    _ file: SourceFile, mode: Mode, from start: Int = 0, isKnownName: @escaping (String) -> Bool = { _ in false }
  ) throws(Diagnostic) {
    self.file = file
    self.mode = mode
    self.isKnownName = isKnownName
    lexer = Lexer(file, allowsLongStrings: mode == .prompt)
    lexer.position = start
    token = try lexer.next()
  }

  /// Reads a whole text.
  ///
  /// - Parameter isKnownName: at the prompt, whether a word is a name of the session's (`mo`, `re`, a user's `h`), which then
  ///   is not taken for a shortened keyword (`module`, `reset`, `help`).
  /// - Throws: the first mistake. A text nested deeper than `deepestTree` is one.
  public static func statements(
    of file: SourceFile, mode: Mode, isKnownName: @escaping (String) -> Bool = { _ in false }
  ) throws(Diagnostic) -> [Statement] {
    var parser = try Parser(file, mode: mode, isKnownName: isKnownName)
    return try parser.statements()
  }

  /// Reads what can be read of a script: behind a mistake it goes on with the next line, in the same block, unless the line of the mistake
  /// begins or ends one.
  public static func readableStatements(of file: SourceFile) -> (statements: [Statement], mistakes: [Diagnostic]) {
    var statements: [Statement] = []
    var mistakes: [Diagnostic] = []
    var start = 0
    while start < file.bytes.count || start == 0 {
      do throws(Diagnostic) {
        var parser = try Parser(file, mode: .script, from: start)
        parser.mistakesInBlocks = []
        defer {
          mistakes += parser.mistakesInBlocks ?? []
          mistakes.sort { ($0.site?.range.lowerBound ?? 0) < ($1.site?.range.lowerBound ?? 0) }
        }
        do throws(Diagnostic) {
          while let next = try parser.nextStatement() { statements.append(next) }
          break
        } catch {
          mistakes.append(error)
          guard parser.openBrackets.isEmpty || !parser.openBrackets.contains(where: { $0.symbol == .leftBrace }) else { break }
          start = Self.lineBehind(error, in: file, from: max(start, parser.previousEnd))
        }
      } catch {
        mistakes.append(error)
        start = Self.lineBehind(error, in: file, from: start)
      }
    }
    return (statements, mistakes)
  }

  /// Where the line behind a mistake begins.
  static func lineBehind(_ mistake: Diagnostic, in file: SourceFile, from start: Int) -> Int {
    let line = file.line(at: max(start, mistake.site?.range.upperBound ?? start))
    return line < file.lineCount ? file.range(ofLine: line + 1).lowerBound : file.bytes.count
  }

  /// Reads a text that is one expression.
  public static func expression(of file: SourceFile) throws(Diagnostic) -> Expression {
    var parser = try Parser(file, mode: .script)
    try parser.skipNewlines()
    let expression = try parser.expression()
    try parser.skipNewlines()
    guard parser.token.kind == .end else { throw parser.unexpectedAfterStatement() }
    return expression
  }
}
