import Foundation
import SourceText

/// The program that shows what is longer than the screen.
public struct Pager: Sendable {
  private let command: String

  /// `$PAGER`, else `less -RFX`; nil where there is neither, or `$PAGER` is `cat` or empty.
  public init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard TerminalColors.canMoveCursor(environment) else { return nil }
    if let chosen = environment["PAGER"] {
      guard !["", "cat"].contains(chosen.trimmingCharacters(in: .whitespaces)) else { return nil }
      command = chosen
    } else {
      guard Self.isThere("less", environment) else { return nil }
      command = "less -RFX"
    }
  }

  private static func isThere(_ program: String, _ environment: [String: String]) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// Whether a text does not fit on a screen, with the next prompt under it.
  public static func isNeeded(for text: String, columns: Int, rows: Int) -> Bool {
    var count = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      count += max(1, (DisplayText.width(of: String(line)) + columns - 1) / columns)
      if count >= rows { return true }
    }
    return false
  }

  /// Shows a text until the user has seen enough.
  ///
  /// - Returns: false where the program could not be started, or failed: then it is not known what was shown.
  func show(_ text: String) -> Bool {
    var environment = ProcessInfo.processInfo.environment
    // As `git` does: a bare `less` shows colours, and leaves what it showed on the screen.
    if environment["LESS"] == nil { environment["LESS"] = "FRX" }
    switch ForegroundProgram.run(command, input: text, environment: environment) {
    case .exited(0), .signalled: return true
    case .exited, .notStarted: return false
    }
  }
}
