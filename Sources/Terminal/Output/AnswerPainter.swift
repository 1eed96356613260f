import Commands
import Foundation

/// Colours for results, where they help to find something: heads of tables, and how runs ended.
public enum AnswerPainter {
  /// How a run ended, as a table's cell says it.
  private static let outcomes: [String: TerminalColors.Style] = [
    "no": .green, "full": .red, "diverged": .red, "failed": .red, "dead": .red, "partial": .yellow, "interrupted": .yellow, "mixed": .yellow
  ]

  /// What an echo says of a run.
  private static let verdicts: [(words: String, style: TerminalColors.Style)] = [
    ("no collapse", .green), ("partial collapse", .yellow), ("collapse", .red), ("diverged", .red)
  ]

  /// - Parameter text: of an answer, without colours.
  public static func painted(_ text: String, of answer: Answer) -> String {
    switch answer {
    case .table(_, .table): table(text)
    case .sections(_, .table): sections(text)
    default: text
    }
  }

  /// `run 42 · no collapse (…)`
  public static func painted(note: String) -> String {
    guard note.hasPrefix("run "), let verdict = verdicts.first(where: { note.contains("· " + $0.words) }) else { return note }
    return note.replacingOccurrences(of: "· " + verdict.words, with: "· " + TerminalColors.painted(verdict.words, verdict.style))
  }

  private static func table(_ text: String) -> String {
    let lines = text.components(separatedBy: "\n")
    return lines.indices.map { index in
      if isRule(lines[index]) { return TerminalColors.painted(lines[index], .faint) }
      if index + 1 < lines.count, isRule(lines[index + 1]) { return TerminalColors.painted(lines[index], .bold) }
      return row(lines[index])
    }.joined(separator: "\n")
  }

  private static func isRule(_ line: String) -> Bool { line.hasPrefix("-") && line.allSatisfy { $0 == "-" || $0 == " " } && line.contains("--") }

  /// Cells stand two blanks apart.
  private static func row(_ line: String) -> String {
    line.components(separatedBy: "  ").map { part in
      let word = part.trimmingCharacters(in: .whitespaces)
      guard let style = outcomes[word] else { return part }
      return part.replacingOccurrences(of: word, with: TerminalColors.painted(word, style))
    }.joined(separator: "  ")
  }

  /// A section's title stands alone at the left, what belongs to it is indented.
  private static func sections(_ text: String) -> String {
    let lines = text.components(separatedBy: "\n")
    return lines.indices.map { index in
      let isTitle = !lines[index].isEmpty && !lines[index].hasPrefix(" ") && index + 1 < lines.count && lines[index + 1].hasPrefix("  ")
      return isTitle ? TerminalColors.painted(lines[index], .bold) : lines[index]
    }.joined(separator: "\n")
  }
}
