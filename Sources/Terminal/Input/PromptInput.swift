import Foundation
import Syntax

/// What was typed or pasted at once, cut where one statement's lines end and another's begin: they run one after another, as if they had been typed
/// so. A line that begins with `!` is the shell's.
public struct PromptInput {
  public private(set) var pieces: [String] = []
  /// What the last lines began and have not ended.
  private var open = ""

  public init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { take(String(line)) }
  }

  /// Whether more must be typed before the text can be run.
  public var isIncomplete: Bool { !open.isEmpty }

  /// All pieces; what was begun and not ended is the last.
  public var all: [String] { open.isEmpty ? pieces : pieces + [open] }

  private mutating func take(_ line: String) {
    let start = line.drop { $0.isWhitespace }
    if open.isEmpty, start.isEmpty { return }
    // `else` goes on with the `if` of the lines before it.
    if open.isEmpty, start.hasPrefix("else"), let last = pieces.last, last.hasSuffix("}") { open = pieces.removeLast() }
    open += open.isEmpty ? line : "\n" + line
    guard ShellCommand(open) != nil || !Parser.isIncomplete(open) else { return }
    pieces.append(open)
    open = ""
  }
}
