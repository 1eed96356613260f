import SourceText
import Syntax

extension Elaboration {
  /// `"tau={x}"` with the value of x in the place of its braces.
  func filled(_ text: String, at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> String {
    guard text.contains("{") else { return text }
    dependencies.areMore = true
    var result = ""
    for part in try TextTemplate(text, at: site).parts {
      switch part {
      case .text(let text): result += text
      case .expression(let words):
        do throws(Diagnostic) {
          result += try value(of: Parser.expression(of: SourceFile(name: site.file.name, text: words)), in: scope)
        } catch {
          throw Diagnostic("in `{\(words.shortened)}`: \(error.message)", at: site, hint: error.hints.first)
        }
      }
      guard result.utf8.count <= Self.longestText else { throw Diagnostic("text of more than \(Self.longestText) bytes", at: site) }
    }
    return result
  }

  private func value(of expression: Expression, in scope: Scope) throws(Diagnostic) -> String {
    if let known = try meaning(of: expression, in: scope).known { return known.text }
    return try surroundings.textOf?(expression) ?? "…"
  }
}

extension Meaning {
  /// What is known before anything is computed.
  fileprivate var known: Value? {
    switch self {
    case .number(let number): return .number(number)
    case .flag(let flag): return .flag(flag)
    case .text(let text): return .text(text)
    case .missing: return .missing
    case .list(let items):
      let values = items.compactMap(\.known)
      return values.count == items.count ? .list(values) : nil
    case .array, .module: return nil
    }
  }
}
