import CBuildFacts
import Foundation

/// The version of this program, as `--version`, the greeting and the history give it.
public enum SiamVersion {
  public static let text = "0.1"

  /// The git commit that the program was built from, with `-dirty` behind it where the tree held more; nil where the build did not say
  /// (`scripts/build` does).
  public static let commit: String? = siam_build_commit().map { String(cString: $0) }

  /// The path of the program that runs.
  static let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

  /// The compiler's version, as far as the language tells it to the program.
  public static let swift: String = {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.1 or 6.2"
    #endif
  }()
}
