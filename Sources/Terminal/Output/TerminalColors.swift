import Figures
import Foundation

/// Colours, as a terminal is told of them.
public enum TerminalColors {
  /// How many colours the terminal has, as its environment says. None where `NO_COLOR` is set to anything (no-color.org), on a dumb terminal, and where
  /// nobody looks.
  public static func depth(
    isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ColorDepth {
    guard isTerminal, areAllowed(environment) else { return .none }
    let kind = environment["TERM"] ?? ""
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased()) || kind.hasSuffix("-direct") { return .full }
    let families = ["xterm", "screen", "tmux", "rxvt", "konsole", "alacritty", "kitty", "vte", "gnome", "foot", "wezterm"]
    return kind.contains("256color") || families.contains { kind.hasPrefix($0) } ? .palette : .none
  }

  /// Whether a stream is to be coloured: a terminal that can, of a user who has not set `NO_COLOR`.
  static func areWanted(on stream: StandardStream, environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    stream.isTerminal && areAllowed(environment)
  }

  private static func areAllowed(_ environment: [String: String]) -> Bool {
    environment["NO_COLOR", default: ""].isEmpty && canMoveCursor(environment)
  }

  /// Whether the terminal understands more than characters.
  static func canMoveCursor(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  enum Style: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case magenta = "35"
    case cyan = "36"
  }

  static func painted(_ text: String, _ style: Style) -> String { "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" }
}
