import Foundation

/// A TextMate grammar, which VS Code and others read, made of the language's own words.
package enum TextMateGrammar {
  package static var text: String {
    let grammar: [String: Any] = [
      "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
      "comment": "Made by `siam editor textmate`; `scripts/reference` brings it up to date.",
      "name": "Siam", "scopeName": "source.siam", "fileTypes": ["siam"],
      "patterns": ["comments", "query", "statements", "strings", "numbers", "formulas"].map { ["include": "#\($0)"] },
      "repository": [
        "comments": ["patterns": [match("#>.*$", "comment.block.documentation.siam"), match("#.*$", "comment.line.number-sign.siam")]],
        "query": ["patterns": [query]],
        "statements": ["patterns": [statement(EditorWords.statements)]],
        "strings": ["patterns": [string]],
        "numbers": ["patterns": [match("\\b[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\\b", "constant.numeric.siam")]],
        "formulas": ["patterns": formulas]
      ]
    ]
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = (try? JSONSerialization.data(withJSONObject: grammar, options: options)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func match(_ pattern: String, _ name: String) -> [String: Any] { ["match": pattern, "name": name] }

  private static func words(_ words: [String]) -> String { "\\b(?:\(words.joined(separator: "|")))\\b" }

  /// At the beginning of a line, or behind what ends a statement.
  private static let beginning = "(?:^|(?<=[;{}]))\\s*"

  private static func statement(_ keywords: [String]) -> [String: Any] {
    ["match": "\(beginning)(\(words(keywords)))", "captures": ["1": ["name": "keyword.control.siam"]]]
  }

  private static var query: [String: Any] {
    [
      "begin": "\(beginning)(sql)\\b", "beginCaptures": ["1": ["name": "keyword.control.siam"]], "end": "$", "name": "meta.embedded.sql.siam",
      "patterns": [["include": "source.sql"]]
    ]
  }

  private static var string: [String: Any] {
    [
      "begin": "\"", "end": "\"|$", "name": "string.quoted.double.siam",
      "patterns": [
        match("\\\\.", "constant.character.escape.siam"), match("\\{\\{", "constant.character.escape.siam"),
        match("\\{[^{}\"]*\\}", "variable.other.interpolation.siam")
      ]
    ]
  }

  private static var formulas: [[String: Any]] {
    [
      match(words(EditorWords.options) + "(?==[^=])", "variable.parameter.siam"),
      match(words(EditorWords.operators), "keyword.operator.logical.siam"),
      match(words(EditorWords.functions) + "(?=\\()", "support.function.siam"), match(words(EditorWords.constants), "constant.language.siam"),
      match(words(EditorWords.names), "variable.language.siam"), match(words(EditorWords.words), "keyword.other.siam"),
      match("==|!=|<=|>=|\\.\\.|[-+*/@^'.·=<>]", "keyword.operator.siam")
    ]
  }
}
