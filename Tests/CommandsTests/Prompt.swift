import Commands
import SourceText
import Syntax
import Testing

/// A session that remembers its statements, and what each text it is given answers.
final class Prompt {
  /// Small enough that an epoch is 8 steps and takes a blink.
  static let small = """
    data shapes train=512 test=128
    use quick dim=32 epochs=1
    batch 64
    encoder convnet width=4

    """

  let session: Session
  private let output = Relay()

  init(_ text: String = "", options: SessionOptions = SessionOptions(databasePath: ":memory:")) throws {
    session = Session(options: options, output: output)
    let begun = self(text)
    try #require(begun.end == .completed, Comment(rawValue: begun.errors))
  }

  /// Runs statements as a script has them, and returns what they alone answered.
  @discardableResult
  func callAsFunction(_ text: String, mode: Parser.Mode = .script) -> Transcript {
    let transcript = Transcript()
    output.target = transcript
    transcript.end = session.run(SourceFile(name: "test", text: text), mode: mode)
    return transcript
  }

  /// Checks a script as `siam check` does.
  func check(_ text: String) -> Transcript {
    let transcript = Transcript()
    output.target = transcript
    transcript.end = session.check(SourceFile(name: "test", text: text))
    return transcript
  }

  /// Times the steps of what a text sets up, as `siam bench` does.
  func benchmark(_ text: String?, steps: Int? = 2) -> Transcript {
    let transcript = Transcript()
    output.target = transcript
    transcript.end = session.benchmark(text.map { SourceFile(name: "test", text: $0) }, mode: .script, steps: steps)
    return transcript
  }

  /// The printed value of an expression.
  func value(_ expression: String) throws -> String {
    let answer = self("print \(expression)")
    try #require(answer.end == .completed, Comment(rawValue: answer.errors))
    return answer.output
  }

  /// The printed number.
  func number(_ expression: String) throws -> Double { try #require(Double(try value(expression))) }

  private final class Relay: SessionOutput {
    var target: (any SessionOutput)?

    func answer(_ answer: Answer) { target?.answer(answer) }
    func note(_ text: String) { target?.note(text) }
    func relay(_ text: String) { target?.relay(text) }
    func diagnostic(_ diagnostic: Diagnostic) { target?.diagnostic(diagnostic) }
    func progress(_ progress: Progress?) { target?.progress(progress) }
  }
}
