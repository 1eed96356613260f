import Foundation
import SourceText

/// Texts from data, fitted into a line.
enum TextFitting {
  /// No control characters, and no wider than `width`.
  static func fit(_ text: String, _ width: Int, ascii: Bool) -> String {
    let text = DisplayText.visible(text.replacingOccurrences(of: "\n", with: " "))
    guard DisplayText.width(of: text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
      let next = DisplayText.width(of: character)
      guard used + next <= width - 1 else { break }
      used += next
      result.append(character)
    }
    return width < 1 ? "" : result + (ascii ? "~" : "…")
  }

  static func centered(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, (width - DisplayText.width(of: text)) / 2)) + text
  }

  static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayText.width(of: text))) + text
  }

  /// Items one behind the other, three columns apart, on as many lines as they need.
  static func lines(of items: [(text: String, width: Int)], width: Int) -> [String] {
    var lines: [String] = []
    var used = 0
    for item in items {
      if let last = lines.indices.last, used + 3 + item.width <= width {
        lines[last] += "   " + item.text
        used += 3 + item.width
      } else {
        lines.append(item.text)
        used = item.width
      }
    }
    return lines
  }
}

extension TextFitting {
  /// A sentence on as many lines as it needs, broken at blanks.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    let words = DisplayText.visible(text).split(separator: " ").map { word in
      (text: fit(String(word), width, ascii: true), width: min(width, DisplayText.width(of: String(word))))
    }
    var lines: [String] = []
    var used = 0
    for word in words {
      if let last = lines.indices.last, used + 1 + word.width <= width {
        lines[last] += " " + word.text
        used += 1 + word.width
      } else {
        lines.append(word.text)
        used = word.width
      }
    }
    return lines
  }
}
