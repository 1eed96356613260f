import Foundation
import SourceText

/// Statements that every prompt begins with.
enum StartupFile {
  /// `$SIAM_HOME/startup.siam`, else `$XDG_CONFIG_HOME/siam/startup.siam`, else `~/.config/siam/startup.siam`; whether there is one or not.
  static func standardPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    HomeFolder.siamFile("startup.siam", "XDG_CONFIG_HOME", standard: ".config", environment: environment)
  }
}
