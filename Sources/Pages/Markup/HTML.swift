import SourceText

/// A piece of a page. Text gets into it through `init(_:)` and attributes alone, which escape it: what data says is never read as markup.
///
/// Every element is closed, so that a page is well-formed as XML too and can be checked as such.
public struct HTML: Hashable, Sendable {
  public private(set) var markup: String

  public static let empty = HTML(written: "")

  /// Text to be read as it stands. Control and invisible formatting characters are shown as signs, as on a terminal.
  public init(_ text: String) { markup = Self.escaped(text) }

  /// Markup that was made safe elsewhere.
  init(written markup: String) { self.markup = markup }

  /// `<name attributes>content</name>`; names are written in the program, values may come from data.
  static func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ content: HTML...) -> HTML {
    let opened = attributes.reduce("<\(name)") { $0 + " \($1.key)=\"\(escaped($1.value))\"" }
    return HTML(written: opened + ">" + content.map(\.markup).joined() + "</\(name)>")
  }

  /// `<name attributes/>`: an element that holds nothing, such as `hr`.
  static func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) -> HTML {
    HTML(written: attributes.reduce("<\(name)") { $0 + " \($1.key)=\"\(escaped($1.value))\"" } + "/>")
  }

  /// Text in its own lines and blanks.
  static func preformatted(_ text: String, class name: StaticString? = nil) -> HTML {
    let content = preformattedContent(HTML(text))
    guard let name else { return element("pre", [:], content) }
    return element("pre", ["class": "\(name)"], content)
  }

  /// A newline right behind `<pre>` is not read: one that is meant needs another.
  static func preformattedContent(_ content: HTML) -> HTML {
    content.markup.first?.isNewline == true ? HTML(written: "\n") + content : content
  }

  static func + (left: HTML, right: HTML) -> HTML { HTML(written: left.markup + right.markup) }
  static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// Text with what markup is made of as character references. Blanks, tabs and newlines stay.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      // No characters of XML.
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let shown = DisplayText.visible(String(scalar))
        // The sign for a hidden character is itself written with `<`.
        result += shown.first == "<" ? "&lt;" + shown.dropFirst().dropLast() + "&gt;" : shown
      }
    }
    return result
  }
}

extension Sequence<HTML> {
  func joined(separator: String = "") -> HTML { HTML(written: map(\.markup).joined(separator: separator)) }
}
