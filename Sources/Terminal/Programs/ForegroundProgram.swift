import Commands
import Foundation

/// Another program that has the terminal while it runs, as one started by a shell has it: Ctrl-C is its own, and Siam waits.
struct ForegroundProgram {
  /// How it ended.
  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// `errno`
    case notStarted(Int32)
  }

  /// Runs a command through `/bin/sh`.
  ///
  /// - Parameter input: what it reads from its standard input; nil: from the terminal.
  static func run(_ command: String, input: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) -> End {
    var modes = termios()
    let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
    // A program that ended in the middle may have left the terminal to its own liking.
    defer { if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) } }
    var ends: [Int32] = [-1, -1]
    if input != nil {
      guard pipe(&ends) == 0 else { return .notStarted(errno) }
      _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    }
    let wasInterrupted = Session.interruption.isRequested
    let started = start(command, input: ends[0], environment)
    if ends[0] >= 0 { close(ends[0]) }
    guard case .success(let child) = started else {
      if ends[1] >= 0 { close(ends[1]) }
      if case .failure(let code) = started { return .notStarted(code.code) }
      return .notStarted(0)
    }
    // Ctrl-C before it was there to be reached.
    if !wasInterrupted, Session.interruption.isRequested { kill(child, SIGINT) }
    if let input {
      // Who stops reading early has seen enough.
      StandardStream(ends[1]).write(input)
      close(ends[1])
    }
    let end = wait(for: child)
    // What was pressed was meant for that program.
    ProcessSignals.startStatement()
    _ = ProcessSignals.takeReceived()
    return end
  }

  private struct Failure: Error { let code: Int32 }

  private static func start(_ command: String, input: Int32, _ environment: [String: String]) -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input >= 0 {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
      posix_spawn_file_actions_addclose(&actions, input)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Siam ignores SIGPIPE; a pipeline's programs end by it.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = [String](["sh", "-c", command]).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, &variables)
    return code == 0 ? .success(child) : .failure(Failure(code: code))
  }

  /// Waits for its end, and where Siam itself is told to end, ends it first.
  private static func wait(for child: pid_t) -> End {
    var status: Int32 = 0
    var pause: Int32 = 1
    var hasEnded = false
    while true {
      let result = waitpid(child, &status, WNOHANG)
      if result == child { break }
      if result < 0, errno != EINTR { return .exited(0) }
      if let signal = ProcessSignals.terminationSignal, !hasEnded {
        hasEnded = true
        kill(child, signal)
      }
      _ = poll(nil, 0, pause)
      pause = min(pause + 1, 20)
    }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }
}
