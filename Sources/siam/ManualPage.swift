import ArgumentParser
import Commands
import Foundation

/// The manual page siam(1), in mdoc: commands and options as they are declared, and what no declaration says.
enum ManualPage {
  static var text: String {
    let command = CommandDescription.ofSiam
    var lines = head + ["Without a subcommand it is a prompt;", "without a terminal it reads statements from standard input."]
    lines += commands(command)
    lines += [".Sh OPTIONS", "Options stand before or after the subcommand.", ".Bl -tag -width Ds"] + command.options.flatMap(item) + [".El"]
    lines += tail
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - What is declared

  private static func commands(_ siam: CommandDescription) -> [String] {
    [".Ss Subcommands", ".Bl -tag -width Ds"]
      + siam.visibleSubcommands.flatMap { command in
        [".It Cm \(command.mdocName)" + command.operands.map { " Ar \(escaped($0))" }.joined(), sentence(command.abstract ?? "")]
          + nested(command.ownOptions(beside: siam))
      } + [".El"]
  }

  /// A list inside the item of a list.
  private static func nested(_ options: [CommandDescription.Argument]) -> [String] {
    options.isEmpty ? [] : [".Bl -tag -width Ds"] + options.flatMap(item) + [".El"]
  }

  private static func item(_ option: CommandDescription.Argument) -> [String] { [".It \(option.flags)", sentence(option.abstract ?? "")] }

  /// Prose: a new sentence begins a line, and none is longer than a terminal's.
  static func sentence(_ text: String) -> String {
    let sentences = quoted(escaped(text)).replacing(". ", with: ".\n").split(separator: "\n")
    return sentences.flatMap { wrapped($0, to: 78) }.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    var isCode = false
    return text.map { character -> String in
      guard character == "`" else { return String(character) }
      isCode.toggle()
      return isCode ? "\\(oq" : "\\(cq"
    }.joined()
  }

  private static func wrapped(_ text: Substring, to width: Int) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        // A line of prose never begins as a request does.
        lines[lines.count - 1] = word.hasPrefix(".") || word.hasPrefix("'") ? "\\&" + word : String(word)
      } else if line.count + 1 + word.count > width {
        lines.append(word.hasPrefix(".") || word.hasPrefix("'") ? "\\&" + word : String(word))
      } else {
        lines[lines.count - 1] = line + " " + word
      }
    }
    return lines
  }

  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("…", with: "...").replacing("×", with: "\\(mu").replacing("\n", with: " ")
  }

  // MARK: - What is not

  private static let head: [String] = [
    ".\\\" Made by `siam editor manual`; scripts/reference brings it up to date.", ".Dd November 27, 2026", ".Dt SIAM 1", ".Os", ".Sh NAME",
    ".Nm siam",
    ".Nd experiments on Siamese self-supervised learning", ".Sh SYNOPSIS", ".Nm", ".Op Ar options", ".Nm", ".Op Ar options", ".Fl e Ar statements",
    ".Nm", ".Op Ar options", ".Cm run", ".Ar file", ".Nm", ".Op Ar options", ".Ar subcommand", ".Op Ar ...", ".Sh DESCRIPTION", ".Nm",
    "is a command language, and a prompt for it, for experiments on Siamese",
    "self-supervised learning.", "A loss is typed the way a paper prints it; shapes, gradients, stop-gradients,",
    "metrics and the record of every run follow from the formula.",
    ".Ic help", "at the prompt explains every statement, function and name.", ".Pp"
  ]

  private static var tail: [String] {
    list("ENVIRONMENT", environment.map { (".It Ev \($0.0)", $0.1) }) + list("FILES", files.map { (".It Pa \($0.0)", $0.1) })
      + list("EXIT STATUS", statuses.map { (".It \($0.0)", $0.1) }) + examples
  }

  private static func list(_ title: String, _ items: [(head: String, text: String)]) -> [String] {
    let lines: [String] = items.flatMap { [$0.head, sentence($0.text)] }
    return [".Sh \(title)", ".Bl -tag -width Ds"] + lines + [".El"]
  }

  private static let examples: [String] = [
    ".Sh EXAMPLES", "Two runs, one of which collapses:", ".Bd -literal -offset indent", "$ siam", "siam> data shapes; use quick",
    "siam> loss -Za . Zb;     train as \"naive\"", "siam> loss -Pa . sg(Zb); train fresh as \"SimSiam\"", "siam> history", ".Ed", ".Pp",
    "A script, with another temperature:", ".Bd -literal -offset indent", "$ siam run sweep.siam --set tau=0.2", ".Ed", ".Sh SEE ALSO",
    ".Xr gnuplot 1 ,", ".Xr sqlite3 1"
  ]

  private static let environment: [(String, String)] = [
    ("NO_COLOR", "Where it is set, nothing is coloured."),
    ("PAGER", "What shows answers longer than the screen; `less -RFX` without it, nothing where it is `cat`."),
    ("SIAM_DATA", "The folder of data sets."), ("SIAM_DB", "The history to write and read; `--db` comes before it."),
    ("SIAM_HOME", "The folder of the history, of checkpoints, of the inputs at the prompt and of startup.siam."),
    ("SIAM_THREADS", "The number of compute threads."),
    ("XDG_CACHE_HOME , Ev XDG_CONFIG_HOME , Ev XDG_DATA_HOME , Ev XDG_STATE_HOME", "Where these lie without SIAM_HOME.")
  ]

  private static let files: [(String, String)] = [
    ("~/.local/share/siam/history.sqlite", "Every run."), ("~/.local/share/siam/checkpoints", "Their checkpoints."),
    ("~/.config/siam/startup.siam", "The statements that every prompt begins with."),
    ("~/.local/state/siam/repl_history", "The last 10,000 inputs at the prompt."),
    ("~/.cache/siam/machine.json", "The speed of this machine, which siam check measures once an hour."),
    ("siam-rescue-PID/history.sqlite", "Where a session goes on when its history can be written no longer.")
  ]

  private static let statuses: [(String, String)] = [
    ("0", "Everything was done."),
    ("1", "An `expect`, a test or a run failed, a file could not be written, or what was recorded is not in its history."),
    ("2", "A statement or the usage is wrong."), ("130", "Interrupted; 128 + n when signal n ended it.")
  ]
}
