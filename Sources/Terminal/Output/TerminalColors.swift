import Figures
import Foundation

/// How many colours the terminal has, as its environment says.
public enum TerminalColors {
  /// None where `NO_COLOR` is set to anything (no-color.org), on a dumb terminal, and where nobody looks.
  public static func depth(
    isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ColorDepth {
    let kind = environment["TERM"] ?? ""
    guard isTerminal, environment["NO_COLOR"]?.isEmpty ?? true, !kind.isEmpty, kind != "dumb" else { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased()) || kind.hasSuffix("-direct") { return .full }
    let families = ["xterm", "screen", "tmux", "rxvt", "konsole", "alacritty", "kitty", "vte", "gnome", "foot", "wezterm"]
    return kind.contains("256color") || families.contains { kind.hasPrefix($0) } ? .palette : .none
  }
}
