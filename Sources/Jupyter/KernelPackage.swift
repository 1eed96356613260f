import Foundation
import SourceText

/// What is found beside this program: its own path, and the kernel's Python sources.
public enum KernelPackage {
  /// The program's path as it was called, so that a link stays one: what it leads to may change with the next build.
  public static func program(
    calledAs name: String = CommandLine.arguments[0], environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    if name.contains("/") { return URL(fileURLWithPath: name).standardizedFileURL.path }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile) ?? executable
  }

  /// The folder with `siam_kernel`: `scripts/jupyter` of the checkout that the program was built in, `share/siam/jupyter` beside its `bin`.
  public static func folder() throws(Diagnostic) -> String {
    var folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
    while true {
      for name in ["scripts/jupyter", "share/siam/jupyter"] {
        let candidate = folder.appendingPathComponent(name).path
        if FileManager.default.fileExists(atPath: candidate + "/siam_kernel/__init__.py") { return candidate }
      }
      if folder.path == "/" { break }
      folder.deleteLastPathComponent()
    }
    throw Diagnostic(
      "the kernel's Python sources are not beside this program (`\(executable)`)", at: nil,
      hint: "`--package FOLDER` names the folder that holds them: `scripts/jupyter` of Siam's sources")
  }

  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
