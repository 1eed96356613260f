import Foundation
import SourceText

/// What somebody may have meant who used the command line wrongly.
enum UsageHint {
  /// - Parameter message: what the parser said of the arguments.
  static func after(_ message: String, to arguments: [String]) -> String? {
    if let folder = TypedArguments.wordBehindAllowance(in: arguments), message.contains("nexpected argument"), !folder.hasSuffix(".siam") {
      return "a folder stands behind `=`: `\(TypedArguments.allowance)=\(folder)`"
    }
    guard let word = arguments.first, message.contains("'\(word)'"), message.contains("nexpected argument") else { return nil }
    if FileManager.default.fileExists(atPath: word) { return "a script is run by `siam run \(word)`" }
    return NearestNames.question(for: word, among: subcommands)
  }

  private static var subcommands: [String] {
    SiamCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}
