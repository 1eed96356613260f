import CReadline
import Foundation

/// Reads lines through GNU Readline, with history, reverse search and completion.
///
/// Readline is used through its callback interface: this class waits on the keyboard itself, and beside it on the pipe of
/// `ProcessSignals`, so that Ctrl-C, a new window size or a request to end are seen without a signal handler that touches Readline.
///
/// Readline's state is global: there is one reader at a time, used from one thread.
public final class LineReader {
  public enum Input: Equatable, Sendable {
    case line(String)
    /// Ctrl-C: what was typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal has gone.
    case endOfInput
    /// SIGTERM or SIGHUP.
    case terminated
  }

  /// `(text, cursor)` to what Tab offers; offsets are UTF-8.
  public var complete: (_ text: String, _ cursor: Int) -> Completion = { _, cursor in
    Completion(range: cursor..<cursor, candidates: [])
  }
  /// The lines typed before this one that belong to the same input, with their newlines: completion reads them too.
  public var precedingText = ""

  /// Of the line that was read last: whether anything of it was pasted, and whether its beginning was.
  public private(set) var pasted = (anything: false, beginning: false)

  private var finished: Input?
  private let isColored: Bool

  /// The reader that Readline's callbacks belong to; they come only from inside `readLine`, on its thread.
  nonisolated(unsafe) private static var active: LineReader?

  /// - Parameter writesToStandardError: where the prompt goes when standard output is not the terminal.
  /// - Parameter isColored: whether what is typed is shown in colours.
  public init(history: InputHistory, writesToStandardError: Bool = false, isColored: Bool = false) {
    self.isColored = isColored
    siam_rl_leave_signals_alone()
    siam_rl_set_output(writesToStandardError ? 1 : 0)
    siam_rl_set_program_name(Self.programName)
    // Before Readline looks at the terminal, which may be too dumb for it, and at `~/.inputrc`, which may not want it.
    rl_variable_bind("enable-bracketed-paste", "on")
    rl_initialize()
    if isColored { siam_rl_set_redisplay(Self.redisplay) }
    rl_bind_key(Int32(UInt8(ascii: "\t")), Self.tabPressed)
    // Readline has set its own where `inputrc` has not.
    for map in [rl_get_keymap_by_name("emacs-standard"), rl_get_keymap_by_name("vi-insert")] {
      rl_bind_keyseq_in_map("\\e[200~", Self.pasteBegun, map)
    }
    stifle_history(Int32(InputHistory.capacity))
    for entry in history.entries { add_history(entry) }
  }

  /// A terminal has marked what follows as pasted.
  private static let pasteBegun: @convention(c) (Int32, Int32) -> Int32 = { count, key in
    if let active {
      let before = siam_rl_line().map { String(cString: $0) }?.utf8.prefix(Int(siam_rl_point())) ?? "".utf8.prefix(0)
      active.pasted.beginning = active.pasted.beginning || before.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      active.pasted.anything = true
    }
    return rl_bracketed_paste_begin(count, key)
  }

  /// Readline keeps the pointer: `$if siam` in a user's `~/.inputrc` is compared with it.
  nonisolated(unsafe) private static let programName: UnsafeMutablePointer<CChar>? = strdup("siam")

  /// Adds an entry to what the arrow keys bring back.
  public func remember(_ entry: String) {
    add_history(entry)
  }

  /// Shows the prompt and waits for a line.
  public func readLine(prompt: String) -> Input {
    finished = ProcessSignals.terminationSignal == nil ? nil : .terminated
    if let finished { return finished }
    // What was pressed while a statement ran was meant for that statement; what is pressed from here on, for the line or for what it runs.
    ProcessSignals.startStatement()
    _ = ProcessSignals.takeReceived()
    pasted = (false, false)
    Self.active = self
    defer { Self.active = nil }
    promptWidth = prompt.count
    // What shows nothing stands between the two signs.
    rl_callback_handler_install(isColored ? "\u{1}\u{1B}[1;36m\u{2}\(prompt)\u{1}\u{1B}[0m\u{2}" : prompt, Self.lineEntered)
    while true {
      if let finished { return finished }
      waitForEvent()
    }
  }

  // MARK: - Waiting

  private func waitForEvent() {
    var sources = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: ProcessSignals.wakeDescriptor, events: Int16(POLLIN), revents: 0)
    ]
    guard poll(&sources, 2, -1) > 0 else { return }
    if sources[1].revents != 0 {
      for signal in ProcessSignals.takeReceived() where finished == nil { receive(signal) }
    }
    if finished == nil, sources[0].revents != 0 { rl_callback_read_char() }
  }

  private func receive(_ signal: Int32) {
    switch signal {
    case SIGINT: abandonLine()
    case SIGTERM, SIGHUP: stop(.terminated)
    case SIGWINCH: resize()
    case SIGCONT: resume()
    default: break
    }
  }

  /// Leaves the line as it stands, with `^C` behind it, and takes nothing of it.
  private func abandonLine() {
    rl_callback_sigcleanup()
    siam_rl_set_point(siam_rl_end())
    rl_redisplay()
    rl_free_line_state()
    siam_rl_write("^C")
    stop(.interrupted)
  }

  private func stop(_ input: Input) {
    finished = input
    rl_crlf()
    rl_callback_handler_remove()
  }

  /// Back from Ctrl-Z: the shell has set the terminal to its own liking.
  private func resume() {
    rl_deprep_terminal()
    rl_prep_terminal(1)
    rl_forced_update_display()
  }

  /// Called by Readline when Enter or Ctrl-D ends a line; the line is ours to free.
  private static let lineEntered: @convention(c) (UnsafeMutablePointer<CChar>?) -> Void = { line in
    rl_callback_handler_remove()
    if let line {
      active?.finished = .line(String(cString: line))
      free(line)
    } else {
      // With bracketed paste on, Readline has ended the line itself.
      if rl_variable_value("enable-bracketed-paste").map({ String(cString: $0) }) != "on" { rl_crlf() }
      active?.finished = .endOfInput
    }
  }

  /// Where a redisplay function is set, Readline leaves to it to find the place of the line in the new window.
  private func resize() {
    siam_rl_set_redisplay(rl_redisplay)
    rl_resize_terminal()
    guard isColored else { return }
    siam_rl_set_redisplay(Self.redisplay)
    paintLine()
  }

  // MARK: - Colours

  private var promptWidth = 0

  private static let redisplay: @convention(c) () -> Void = {
    rl_redisplay()
    active?.paintLine()
  }

  /// Writes the line over itself, in colours, and puts the cursor back: Readline knows nothing of it. A line that Readline does not show a column a
  /// character is left alone, and so is one of which more is already there to be read.
  private func paintLine() {
    guard siam_rl_shows_line_alone() != 0, !isInputWaiting, let buffer = siam_rl_line(), let line = String(validatingCString: buffer) else { return }
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    guard columns > 10, line.unicodeScalars.allSatisfy(Self.isPlain) else { return }
    let before = promptWidth + line.utf8.prefix(Int(siam_rl_point())).count { $0 & 0xC0 != 0x80 }
    let whole = promptWidth + line.unicodeScalars.count
    // At the end of a full row terminals do not agree on where the cursor is.
    guard !line.isEmpty, whole / Int(columns) < rows, before % Int(columns) != 0 else { return }
    let colored = line.hasPrefix("!") && precedingText.isEmpty ? line : InputPainter.painted(precedingText + line, from: precedingText.utf8.count)
    let row = before / Int(columns)
    siam_rl_write("\u{1B}7\(row > 0 ? "\u{1B}[\(row)A" : "")\r\u{1B}[\(promptWidth)C\(colored)\u{1B}8")
    siam_rl_flush()
  }

  /// ASCII, and Latin and Greek letters: one scalar, one column.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    (0x20..<0x7F).contains(scalar.value) || (0xA1..<0x250).contains(scalar.value) && scalar.value != 0xAD || (0x391...0x3C9).contains(scalar.value)
  }

  private var isInputWaiting: Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0
  }

  // MARK: - Completing

  private static let tabPressed: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
    active?.completeWord()
    return 0
  }

  /// A terminal that marks what is pasted hands its tabs over as text; of one that does not, what comes all at once was pasted.
  private var isPasting: Bool {
    isInputWaiting && rl_variable_value("enable-bracketed-paste").map { String(cString: $0) } != "on"
  }

  private func completeWord() {
    if isPasting {
      rl_insert_text(" ")
      return
    }
    guard let buffer = siam_rl_line(), let line = String(validatingCString: buffer) else {
      rl_ding()
      return
    }
    let start = precedingText.utf8.count
    let completion = complete(precedingText + line, start + Int(siam_rl_point()))
    let range = completion.range.lowerBound - start..<completion.range.upperBound - start
    guard range.lowerBound >= 0, let first = completion.candidates.first else {
      rl_ding()
      return
    }
    if completion.candidates.count == 1 {
      replace(range, with: first.text + missingSuffix(first.suffix))
    } else if completion.commonPrefix.utf8.count > range.count {
      replace(range, with: completion.commonPrefix)
    } else {
      list(completion.candidates)
    }
  }

  /// A blank or a quote that stands behind the cursor already is not typed again.
  private func missingSuffix(_ suffix: String) -> String {
    guard let buffer = siam_rl_line(), let first = suffix.utf8.first else { return suffix }
    return UInt8(bitPattern: buffer[Int(siam_rl_point())]) == first ? "" : suffix
  }

  private func replace(_ range: Range<Int>, with text: String) {
    rl_begin_undo_group()
    rl_delete_text(Int32(range.lowerBound), Int32(range.upperBound))
    siam_rl_set_point(Int32(range.lowerBound))
    rl_insert_text(text)
    rl_end_undo_group()
  }

  /// Lists the candidates in columns under the line, and the line again under them.
  private func list(_ candidates: [Completion.Candidate]) {
    let point = siam_rl_point()
    siam_rl_set_point(siam_rl_end())
    rl_redisplay()
    // Readline's list has what all begin with at its head.
    var labels: [UnsafeMutablePointer<CChar>?] = [strdup("")] + candidates.map { strdup($0.label) } + [nil]
    defer { for label in labels { free(label) } }
    let longest = candidates.map(\.label.utf8.count).max() ?? 0
    rl_display_match_list(&labels, Int32(candidates.count), Int32(longest))
    siam_rl_set_point(point)
    rl_forced_update_display()
  }
}
