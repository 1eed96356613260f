import Foundation
import SourceText

/// Where Jupyter looks for kernels.
public enum JupyterFolder: Equatable, Sendable {
  /// This user's, for every environment.
  case user
  /// Below a prefix: that of a Python environment, say.
  case prefix(String)

  /// Jupyter's data folder.
  func path(environment: [String: String]) -> String {
    switch self {
    case .prefix(let prefix): return URL(fileURLWithPath: prefix).standardizedFileURL.path + "/share/jupyter"
    case .user:
      func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
      if let folder = variable("JUPYTER_DATA_DIR") { return folder }
      return (variable("XDG_DATA_HOME") ?? HomeFolder.path(environment: environment) + "/.local/share") + "/jupyter"
    }
  }

  /// The folder of Siam's kernel.
  public func kernel(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    path(environment: environment) + "/kernels/siam"
  }
}
