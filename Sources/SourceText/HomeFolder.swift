import Foundation

/// The user's folder, as a shell's `~`.
public enum HomeFolder {
  /// `$HOME`, which Foundation passes over; without it the one that the system keeps for the user.
  public static func path(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
  }
}
