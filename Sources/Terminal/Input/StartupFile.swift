import Foundation
import SourceText

/// Statements that every prompt begins with.
enum StartupFile {
  /// `$SIAM_HOME/startup.siam`, else `$XDG_CONFIG_HOME/siam/startup.siam`, else `~/.config/siam/startup.siam`; whether there is one or not.
  static func standardPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    func folder(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let home = folder("SIAM_HOME") { return home + "/startup.siam" }
    return (folder("XDG_CONFIG_HOME") ?? HomeFolder.path(environment: environment) + "/.config") + "/siam/startup.siam"
  }
}
