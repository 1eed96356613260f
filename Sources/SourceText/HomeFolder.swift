import Foundation

/// The user's folder, as a shell's `~`.
public enum HomeFolder {
  /// `$HOME`, which Foundation passes over; without it the one that the system keeps for the user.
  public static func path(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
  }

  /// Where a file of Siam's own lies: in `$SIAM_HOME`, else in the folder `siam` of what `variable` names (`XDG_STATE_HOME`), else of `standard`
  /// (`.local/state`) in the user's folder. An empty variable counts as none, as the XDG rules ask.
  public static func siamFile(_ name: String, _ variable: String, standard: String, environment: [String: String]) -> String {
    func folder(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let home = folder("SIAM_HOME") { return "\(home)/\(name)" }
    return (folder(variable) ?? "\(path(environment: environment))/\(standard)") + "/siam/\(name)"
  }

  /// A path as a shell reads it: a leading `~` is the user's folder, and `~name` another user's.
  public static func expanding(_ path: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    if path == "~" || path.hasPrefix("~/") { return self.path(environment: environment) + path.dropFirst() }
    return NSString(string: path).expandingTildeInPath
  }
}
