import Commands
import Foundation
import SourceText
import Syntax

/// The prompt: reads, runs, and comes back, until Ctrl-D or `quit`.
public final class Repl {
  private let session: Session
  private let output: TerminalOutput
  private let reader: LineReader
  private var history: InputHistory
  private let startupPath: String?
  /// Of the input that was read last: whether anything of it was pasted, and whether its beginning was.
  private var pasted = (anything: false, beginning: false)

  /// - Parameter readsStartup: whether the user's own file of statements is run first.
  public init(session: Session, output: TerminalOutput, historyPath: String = InputHistory.standardPath(), readsStartup: Bool = true) {
    self.session = session
    self.output = output
    history = InputHistory(path: historyPath)
    startupPath = readsStartup ? StartupFile.standardPath() : nil
    reader = LineReader(
      history: history, writesToStandardError: !output.standardOutput.isTerminal,
      isColored: TerminalColors.areWanted(on: output.standardOutput.isTerminal ? output.standardOutput : output.standardError))
    reader.complete = { text, cursor in
      Completer(session).completion(of: text, at: cursor)
    }
  }

  /// Returns the exit status: 0 after Ctrl-D or `quit` (1 where the record could not be written), 128 + n when signal n ended it.
  public func run() -> Int32 {
    greet()
    runStartup()
    while true {
      switch readInput() {
      case .line(let text):
        if runStatements(text) == .quit { return end() }
        if output.standardOutput.failure != nil { return end() }
      case .interrupted: continue
      case .endOfInput: return end()
      case .terminated:
        _ = end()
        return 128 + (ProcessSignals.terminationSignal ?? SIGTERM)
      }
    }
  }

  /// 1 where what was recorded is not in the history.
  private func end() -> Int32 { session.conclude(after: .quit).exitStatus }

  private func greet() {
    output.note("Siam \(SiamVersion.text) · \(session.greeting)")
    output.note("Type `help`, or `help loss`. Tab completes. Ctrl-D leaves.\n")
  }

  /// Whatever is wrong in the file, the prompt comes: its diagnostic says where.
  private func runStartup() {
    guard let path = startupPath, FileManager.default.fileExists(atPath: path) else { return }
    ProcessSignals.startStatement()
    do throws(Diagnostic) {
      let file = try SourceFile(contentsOf: path)
      let end = output.withoutEchoes { session.runStartup(file) }
      // What does not read as statements is found before any of it is run.
      let isBegun = !session.traces.isEmpty
      if end != .completed, end != .quit { output.note(isBegun ? "the rest of \(path) was not run\n" : "nothing of \(path) was run\n") }
    } catch {
      output.diagnostic(error)
    }
  }

  private func runStatements(_ text: String) -> SessionEnd {
    guard text.contains(where: { !$0.isWhitespace }) else { return .completed }
    if history.append(text) { reader.remember(text) }
    let pieces = PromptInput(text).all
    for (index, piece) in pieces.enumerated() {
      if ShellCommand(piece) != nil, index == 0 ? pasted.beginning : pasted.anything {
        refuse(piece, isAlone: pieces.count == 1)
        continue
      }
      let end = run(piece)
      if end == .completed { continue }
      if index + 1 < pieces.count, end != .quit { output.note("what stands behind it was not run") }
      return end
    }
    return .completed
  }

  /// What a page offers to be copied is not yet what its reader wants the shell to do.
  private func refuse(_ piece: String, isAlone: Bool) {
    let command = piece.trimmingCharacters(in: .whitespaces)
    // The whole of what was pasted has been remembered; this comes back alone.
    if !isAlone, history.append(command) { reader.remember(command) }
    output.note("`\(command.shortened)` was pasted, and not run: the up arrow brings it back, Enter then runs it")
  }

  private func run(_ piece: String) -> SessionEnd {
    guard let command = ShellCommand(piece) else { return session.run(SourceFile(name: "<prompt>", text: piece), mode: .prompt) }
    // Ctrl-C before it has begun.
    if Session.interruption.isRequested {
      output.note("interrupted")
      return .interrupted
    }
    if let end = command.run() { output.note(end) }
    return .completed
  }

  /// Lines until they make a whole input. Ctrl-D in the middle ends the input as it is: the parser then says what is missing.
  private func readInput() -> LineReader.Input {
    var text = ""
    pasted = (false, false)
    while true {
      reader.precedingText = text
      let input = reader.readLine(prompt: text.isEmpty ? "siam> " : "  ... ")
      pasted = (pasted.anything || reader.pasted.anything, text.isEmpty ? reader.pasted.beginning : pasted.beginning)
      switch input {
      case .line(let line):
        text += line
        guard PromptInput(text).isIncomplete else { return .line(text) }
        text += "\n"
      case .endOfInput where !text.isEmpty: return .line(text)
      default: return input
      }
    }
  }
}
