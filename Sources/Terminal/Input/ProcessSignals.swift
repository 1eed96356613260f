import Commands
import Foundation
import Synchronization

/// What the operating system tells the process while it runs.
///
/// The handler does only what a handler may: it sets flags and writes one byte to a pipe, whose other end the prompt waits on beside the
/// keyboard. A running statement sees the flag `Session.interruption` at its next step boundary.
///
/// - SIGINT stops what runs. At the prompt it clears the line; there it never ends the program. In a script, where there is no prompt to
///   return to, the third one ends the program at once.
/// - SIGTERM and SIGHUP stop what runs and then end the program in order; a second one ends it at once.
/// - SIGPIPE is ignored: a write that fails says so itself.
/// - SIGWINCH and SIGCONT only wake the prompt, which then draws its line anew.
public enum ProcessSignals {
  public enum Caller: Sendable { case prompt, script }

  /// Installs the handlers. Until this is called, and where the pipe cannot be made, signals do what they do by default.
  public static func install(for caller: Caller) {
    guard let pipe = Pipe() else { return }
    // Everything that the handler touches exists before it can run: Swift makes globals at first use, under a lock.
    Session.interruption.clear()
    state.terminationSignal.store(0, ordering: .relaxed)
    state.interruptsBeforeEnd.store(caller == .script ? 3 : .max, ordering: .relaxed)
    state.writingEnd.store(pipe.writingEnd, ordering: .relaxed)
    state.readingEnd.store(pipe.readingEnd, ordering: .releasing)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGWINCH, SIGCONT] { handle(number) }
    for number in [SIGTERM, SIGHUP] { handle(number, onlyOnce: true) }
    unblock([SIGINT, SIGTERM, SIGHUP])
  }

  /// What the prompt polls beside the keyboard; negative when there is none.
  public static var wakeDescriptor: Int32 { state.readingEnd.load(ordering: .acquiring) }

  /// SIGTERM or SIGHUP, once one has come.
  public static var terminationSignal: Int32? {
    let number = state.terminationSignal.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// The signals that came since the last call, oldest first.
  public static func takeReceived() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(wakeDescriptor, &bytes, bytes.count)
    return count > 0 ? bytes.prefix(count).map(Int32.init) : []
  }

  /// A new statement is about to be typed, or to run: what was asked of the one before is forgotten.
  public static func startStatement() {
    Session.interruption.clear()
    state.interrupts.store(0, ordering: .relaxed)
    // A request to end that came just before is not forgotten with it.
    if terminationSignal != nil { Session.interruption.request() }
  }

  /// A parent that keeps signals from its threads hands that on to its children.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  private static func handle(_ number: Int32, onlyOnce: Bool = false) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = receive
    // Reads and writes of other threads go on; the prompt's own wait is ended by the pipe.
    action.sa_flags = SA_RESTART | (onlyOnce ? Int32(bitPattern: UInt32(SA_RESETHAND)) : 0)
    sigaction(number, &action, nil)
  }
}

/// What the handler and the program share.
private final class SignalState: Sendable {
  let readingEnd = Atomic<Int32>(-1)
  let writingEnd = Atomic<Int32>(-1)
  let terminationSignal = Atomic<Int32>(0)
  let interrupts = Atomic<Int>(0)
  let interruptsBeforeEnd = Atomic<Int>(.max)
}

private let state = SignalState()

/// The handler: atomics and `write`, `signal`, `raise`, which POSIX allows here.
private func receive(_ number: Int32) {
  let savedError = errno
  defer { errno = savedError }
  switch number {
  case SIGINT:
    Session.interruption.request()
    let count = state.interrupts.add(1, ordering: .relaxed).newValue
    if count >= state.interruptsBeforeEnd.load(ordering: .relaxed) {
      signal(SIGINT, SIG_DFL)
      raise(SIGINT)
    }
  case SIGTERM, SIGHUP:
    Session.interruption.request()
    state.terminationSignal.store(number, ordering: .releasing)
  default:
    break
  }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(state.writingEnd.load(ordering: .relaxed), &byte, 1)
}

/// A pipe that neither end of ever blocks, and that no child inherits.
private struct Pipe {
  let readingEnd: Int32
  let writingEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readingEnd = ends[0]
    writingEnd = ends[1]
  }
}
