import ArgumentParser
import Foundation

/// What the user typed behind `siam`, as the parser of options can read it.
///
/// The parser has no option whose value may be missing. So `--allow-write` alone is a flag, and `--allow-write=FOLDER` becomes an option of its own,
/// which nobody is shown.
enum TypedArguments {
  static let allowance = "--allow-write"
  static let folderAllowance = "--allow-write-in"

  static func readable(_ arguments: [String]) throws(ValidationError) -> [String] {
    if let statement = help(arguments) { return ["-e", statement] }
    // No script is a folder.
    if let folder = wordBehindAllowance(in: arguments), isFolder(folder) {
      throw ValidationError("`\(allowance) \(folder)`: write `\(allowance)=\(folder)`.")
    }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments.enumerated().map { index, argument in
      index < end && argument.hasPrefix(allowance + "=") ? folderAllowance + argument.dropFirst(allowance.count) : argument
    }
  }

  /// What somebody may have meant to be its folder: the word behind an `--allow-write` that stands alone.
  static func wordBehindAllowance(in arguments: [String]) -> String? {
    guard let place = arguments.firstIndex(of: allowance), place + 1 < arguments.count, !arguments[place + 1].hasPrefix("-") else { return nil }
    return arguments[place + 1]
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// `siam help loss`: what is no subcommand is a word of the language.
  private static func help(_ arguments: [String]) -> String? {
    guard arguments.first == "help", arguments.count > 1 else { return nil }
    let subcommands = SiamCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    let words = arguments.dropFirst()
    if words.contains(where: { subcommands.contains($0) || $0.hasPrefix("-") && $0.count > 1 }) { return nil }
    return "help " + words.joined(separator: " ")
  }

  /// A text of the parser's in which `--allow-write` is shown as it is typed.
  static func shown(_ text: String) -> String {
    let form = "\(allowance)[=<folder>]"
    // The head of a line of the help that leaves no room for the explanation beside it, as the parser writes such a line.
    let line = "  " + allowance.padding(toLength: explanationColumn - 2, withPad: " ", startingAt: 0)
    let indented = "  \(form)\n" + String(repeating: " ", count: explanationColumn)
    return text.replacing("[\(allowance)]", with: "[\(form)]").replacing(line, with: indented).replacing(folderAllowance, with: allowance)
  }

  /// Where the parser begins what it says of an option.
  private static let explanationColumn = 26
}
