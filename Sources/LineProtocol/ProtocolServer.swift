import Commands
import Foundation
import Terminal

/// `siam --protocol json`: a conversation over standard input and output.
///
/// - SIGINT stops what runs, and nothing else. SIGTERM and SIGHUP stop it, and then the program in order, with 128 + n.
/// - The end of standard input ends the program once what was asked for is done. Where nobody reads standard output any more, what runs
///   ends at its next step boundary.
public final class ProtocolServer {
  private let input: Int32
  private let output: StandardStream
  private let conversation: Conversation
  private var buffer = LineBuffer()

  /// Takes standard input and output for itself: what else is written there, by a program that a statement starts, say, goes to standard error.
  public init(options: SessionOptions) {
    ProcessSignals.install(for: .prompt)
    input = Self.take(STDIN_FILENO, leaving: open("/dev/null", O_RDONLY | O_CLOEXEC))
    let output = StandardStream(Self.take(STDOUT_FILENO, leaving: dup(STDERR_FILENO))) { Session.interruption.request() }
    self.output = output
    conversation = Conversation(options: options, willRun: ProcessSignals.startStatement) { output.write($0 + "\n") }
  }

  /// Returns the exit status.
  public func run() -> Int32 {
    conversation.greet(processIdentifier: getpid())
    while true {
      switch receive() {
      case .bytes(let bytes):
        for line in buffer.append(bytes) where conversation.receive(line) != nil || isOver { return end() }
      case .end:
        if !isOver, let line = buffer.finish() { _ = conversation.receive(line) }
        return end()
      case .woken: if isOver { return end() }
      }
    }
  }

  private var isOver: Bool { ProcessSignals.terminationSignal != nil || output.failure != nil }

  /// 128 + SIGPIPE where nobody has read to the end.
  private func end() -> Int32 {
    let status = conversation.conclude(signal: ProcessSignals.terminationSignal)
    return output.failure == nil || status != 0 ? status : 128 + SIGPIPE
  }

  private enum Arrival { case bytes([UInt8]), end, woken }

  /// Waits for what comes first: bytes, their end, or a signal.
  private func receive() -> Arrival {
    var sources = [pollfd(fd: input, events: Int16(POLLIN), revents: 0), pollfd(fd: ProcessSignals.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    let count = poll(&sources, 2, -1)
    if count < 0 { return errno == EINTR ? .woken : .end }
    if sources[1].revents != 0 {
      _ = ProcessSignals.takeReceived()
      if isOver { return .woken }
    }
    guard sources[0].revents != 0 else { return .woken }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let length = read(input, &bytes, bytes.count)
    if length < 0 { return errno == EINTR || errno == EAGAIN ? .woken : .end }
    return length == 0 ? .end : .bytes(Array(bytes[..<length]))
  }

  /// The descriptor under another number, which no child inherits; where it was, the substitute.
  private static func take(_ descriptor: Int32, leaving substitute: Int32) -> Int32 {
    let taken = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard taken >= 0, substitute >= 0 else { return descriptor }
    dup2(substitute, descriptor)
    close(substitute)
    return taken
  }
}
