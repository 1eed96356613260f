import Commands
import SourceText
import Syntax
import Terminal

/// A session that a program talks to: lines in, lines out, whatever carries them.
///
/// Every request is answered by `status` busy, its events, and `status` idle; one that is refused by `error` alone.
public final class Conversation {
  /// Counted up where what a program relies on changes.
  public static let version = 1

  /// Why nothing more is read.
  public enum End: Equatable, Sendable { case shutdown, quit }

  let session: Session
  let output: EventOutput
  private let willRun: () -> Void

  /// - Parameters:
  ///   - send: takes a line without its newline.
  ///   - willRun: is called before a text is run: what was asked of the one before is forgotten.
  public init(options: SessionOptions, willRun: @escaping () -> Void = {}, send: @escaping (String) -> Void) {
    output = EventOutput(isQuiet: options.isQuiet, send: send)
    session = Session(options: options, output: output)
    self.willRun = willRun
  }

  /// Says who answers: the first line.
  public func greet(processIdentifier: Int32) {
    output.greet(
      Event(
        name: "hello",
        members: [
          ("protocol", .integer(Self.version)), ("siam", .text(SiamVersion.text)), ("pid", .integer(Int(processIdentifier))),
          ("greeting", .text(session.greeting))
        ]))
  }

  /// Answers one line.
  ///
  /// - Returns: the end of the conversation, where the line asks for it.
  public func receive(_ line: LineBuffer.Line) -> End? {
    do throws(Request.Refusal) {
      switch line {
      case .tooLong(let limit):
        throw Request.Refusal(code: "too-long", message: "a request has at most \(limit) bytes; this one was passed over")
      case .whole(let bytes):
        guard bytes.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return nil }
        return answer(try Request(bytes))
      }
    } catch {
      output.request = error.id
      output.tell(.error(error))
      output.request = .null
      return nil
    }
  }

  /// Ends the session's record, once nothing more is asked.
  ///
  /// - Returns: the exit status: 1 where what was recorded is not in the history.
  public func conclude(signal: Int32? = nil) -> Int32 {
    let recorded = session.conclude(after: .quit).exitStatus
    let status = signal.map { 128 + $0 } ?? recorded
    output.tell(Event(name: "bye", members: [("exit", .integer(Int(status)))]))
    return status
  }

  private func answer(_ request: Request) -> End? {
    // Before `busy`: a signal that comes behind it is meant for what runs now.
    willRun()
    output.request = request.id
    output.tell(.status(isBusy: true))
    defer {
      output.tell(.status(isBusy: false))
      output.request = .null
    }
    switch request.kind {
    case .execute(let code, let file, let isSilent): return execute(code, called: file, isSilent: isSilent) == .quit ? .quit : nil
    case .complete(let code, let cursor): output.tell(completions(of: code, at: cursor))
    case .inspect(let code, let cursor): output.tell(inspection(of: code, at: cursor))
    case .isComplete(let code): output.tell(completeness(of: code))
    case .shutdown: return .shutdown
    }
    return nil
  }

  private func execute(_ code: String, called file: String, isSilent: Bool) -> SessionEnd {
    output.isSilent = isSilent
    defer { output.isSilent = false }
    let end = session.run(SourceFile(name: file, text: code), mode: .prompt)
    var members: [(name: String, value: JSONValue)] = [("end", .text(end.name))]
    if let answer = session.lastAnswer(atMost: 10_000) { members.append(("ans", .written(answer))) }
    output.tell(Event(name: "done", members: members))
    return end
  }
}

extension SessionEnd {
  fileprivate var name: String {
    switch self {
    case .completed: "completed"
    case .failed: "failed"
    case .usage: "usage"
    case .interrupted: "interrupted"
    case .quit: "quit"
    }
  }
}
