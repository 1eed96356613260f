import Foundation

/// The user's folder, as a shell's `~`.
public enum HomeFolder {
  /// `$HOME`, which Foundation passes over; without it the one that the system keeps for the user.
  public static func path(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
  }

  /// A path as a shell reads it: a leading `~` is the user's folder, and `~name` another user's.
  public static func expanding(_ path: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    if path == "~" || path.hasPrefix("~/") { return self.path(environment: environment) + path.dropFirst() }
    return NSString(string: path).expandingTildeInPath
  }
}
