import Foundation

/// `!ls -l` at the prompt: a command for the shell.
struct ShellCommand {
  private let command: String

  /// nil where the text is none.
  init?(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard trimmed.hasPrefix("!"), !trimmed.hasPrefix("!=") else { return nil }
    command = trimmed.dropFirst().trimmingCharacters(in: .whitespaces)
  }

  /// Runs it.
  ///
  /// - Returns: what is to be said of its end; nil where it went well.
  func run() -> String? {
    guard !command.isEmpty else { return "`!` runs what stands behind it in the shell: `!ls`" }
    if let folder = changedFolder {
      return "`!\(command)` would change the folder of its own shell alone; start siam in \(folder), or write paths out"
    }
    switch ForegroundProgram.run(command) {
    case .exited(0): return nil
    case .exited(let status): return "exit status \(status)"
    case .signalled(let signal): return "ended by signal \(signal)" + (strsignal(signal).map { ": \(String(cString: $0).lowercased())" } ?? "")
    case .notStarted(let code): return "/bin/sh cannot be started: \(String(cString: strerror(code)))"
    }
  }

  /// `cd folder`, and nothing behind it.
  private var changedFolder: String? {
    let words = command.split(separator: " ")
    guard words.first == "cd", words.count == 2, !command.contains(where: { ";&|".contains($0) }) else { return nil }
    return String(words[1])
  }
}
