import Foundation

/// The program under test: `SIAM_BIN`, else the one built beside these tests.
public enum SiamBinary {
  public static let url: URL = {
    if let path = ProcessInfo.processInfo.environment["SIAM_BIN"], !path.isEmpty { return URL(fileURLWithPath: path) }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("siam")
  }()

  /// The environment of a user who has just arrived: this machine's paths, a home of its own, UTF-8.
  public static func environment(home: TemporaryFolder, changes: [String: String?] = [:]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter { name, _ in
      !["SIAM_", "XDG_", "LC_"].contains { name.hasPrefix($0) } || name == "SIAM_DATA"
    }
    environment["HOME"] = home.path
    environment["SIAM_HOME"] = home.path + "/siam"
    environment["LANG"] = "C.UTF-8"
    environment["TERM"] = "xterm"
    environment["INPUTRC"] = "/dev/null"
    // What is longer than the screen would wait for a key.
    environment["PAGER"] = "cat"
    environment["LESS"] = nil
    // Words are looked for as they were written.
    environment["NO_COLOR"] = "1"
    for (name, value) in changes { environment[name] = value }
    return environment
  }
}
