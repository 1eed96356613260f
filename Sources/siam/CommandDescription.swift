import ArgumentParser
import Foundation

/// The command line as ArgumentParser has it, read from its own description of it.
struct CommandDescription: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let shouldDisplay: Bool?
    let names: [Name]?
    let valueName: String?
    let abstract: String?

    /// `Fl -db Ar path`, as mdoc has it: it writes the first hyphen.
    var flags: String {
      let spelt = (names ?? []).map { name in name.kind == "long" ? "Fl -\(name.name)" : "Fl \(name.name)" }
      let takesFolder = names?.contains { "--" + $0.name == TypedArguments.allowance } ?? false
      let value = kind == "option" ? " Ar \(valueName ?? "value")" : takesFolder ? " Ns Oo Ns = Ns Ar folder Oc" : ""
      return spelt.joined(separator: " , ") + value
    }

    /// What tells it from others.
    var key: String { (names ?? []).map(\.name).joined(separator: " ") }
  }

  let commandName: String
  let abstract: String?
  let shouldDisplay: Bool?
  let subcommands: [CommandDescription]?
  let arguments: [Argument]?

  var options: [Argument] { shown.filter { $0.kind != "positional" && $0.names?.isEmpty == false } }

  var operands: [String] { shown.filter { $0.kind == "positional" }.compactMap(\.valueName) }

  var visibleSubcommands: [CommandDescription] { (subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" } }

  /// Those that the program does not have as a whole.
  func ownOptions(beside other: CommandDescription) -> [Argument] {
    let shared = Set(other.options.map(\.key))
    return options.filter { !shared.contains($0.key) && $0.key != "h help" && $0.key != "help h" }
  }

  /// A hyphen alone is a word of its own.
  var mdocName: String { commandName == "-" ? "\\-" : commandName }

  private var shown: [Argument] { (arguments ?? []).filter { $0.shouldDisplay ?? true } }

  private struct Dump: Decodable { let command: CommandDescription }

  /// This program's.
  static var ofSiam: CommandDescription {
    let dump = try? JSONDecoder().decode(Dump.self, from: Data(SiamCommand._dumpHelp().utf8))
    guard let dump else { preconditionFailure("ArgumentParser describes commands otherwise than it did") }
    return dump.command
  }
}
