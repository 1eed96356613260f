import SourceText

/// A string as it is typed, taken apart: `"tau={x}"` is text and an expression, whose value takes the place of its braces. `{{` is a brace.
public struct TextTemplate {
  public enum Part: Hashable, Sendable {
    case text(String)
    /// What stands between braces, as it is typed.
    case expression(String)
  }

  public private(set) var parts: [Part] = []

  /// - Throws: where a brace is not closed; `site` is where the string stands.
  public init(_ string: String, at site: SourceSpan) throws(Diagnostic) {
    var text = ""
    var rest = Substring(string)
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      rest = rest[rest.index(after: open)...]
      if rest.first == "{" {
        text += "{"
        rest = rest.dropFirst()
        continue
      }
      guard let close = rest.firstIndex(of: "}") else {
        throw Diagnostic("`{` is not closed in \(site.text.shortened)", at: site, hint: "`{{` is a brace by itself")
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.expression(String(rest[..<close])))
      rest = rest[rest.index(after: close)...]
    }
    text += rest
    if !text.isEmpty { parts.append(.text(text)) }
  }

  /// A text as it has to be typed to be just that.
  public static func escaping(_ text: String) -> String { text.replacing("{", with: "{{") }
}

extension Expression {
  /// What stands between the braces of a string; nothing that cannot be read.
  var filledIn: [Expression] {
    guard case .string(let text) = kind, text.contains("{"), let template = try? TextTemplate(text, at: span) else { return [] }
    return template.parts.compactMap { part in
      guard case .expression(let words) = part else { return nil }
      return try? Parser.expression(of: SourceFile(name: span.file.name, text: words))
    }
  }
}
