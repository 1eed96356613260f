import Commands
import SourceText
import Syntax
import Terminal

/// What is asked while code is being typed.
extension Conversation {
  func completions(of code: String, at cursor: Int) -> Event {
    let vocabulary = session.vocabulary
    let completion = Completer(session).completion(of: code, at: cursor)
    let context = CursorContext(code, cursor: completion.range.lowerBound)
    let kinds = CandidateKinds(vocabulary: vocabulary, context: context)
    let matches = completion.candidates.map { candidate in
      JSONValue.object([
        ("text", .text(candidate.text)), ("label", .text(candidate.label)), ("suffix", .text(candidate.suffix)),
        ("type", .text(kinds.name(of: candidate.text)))
      ])
    }
    return Event(
      name: "completions",
      members: [("start", .integer(completion.range.lowerBound)), ("end", .integer(completion.range.upperBound)), ("matches", .list(matches))])
  }

  /// What `help` says of the name at the cursor; of the function whose arguments are typed there; of the statement.
  func inspection(of code: String, at cursor: Int) -> Event {
    let context = CursorContext(code, cursor: cursor)
    for name in [context.word, context.function, context.keyword].compactMap({ $0 }) {
      guard let text = help(on: name) else { continue }
      return Event(name: "inspection", members: [("found", .flag(true)), ("name", .text(name)), ("text", .text(text))])
    }
    return Event(name: "inspection", members: [("found", .flag(false))])
  }

  private func help(on name: String) -> String? {
    let answer = output.collecting { session.run(SourceFile(name: "<help>", text: "help \(name)"), mode: .prompt) }
    return answer.end == .completed && !answer.texts.isEmpty ? answer.texts.joined(separator: "\n") : nil
  }

  /// `incomplete` comes with what the next line should begin with.
  func completeness(of code: String) -> Event {
    if Parser.isIncomplete(code) {
      let depth = CursorContext(code, cursor: .max).openBraces
      let indent = String(repeating: "  ", count: max(depth, 1))
      return Event(name: "completeness", members: [("status", .text("incomplete")), ("indent", .text(indent))])
    }
    let vocabulary = session.vocabulary
    let names = Set(vocabulary.names.map(\.name) + vocabulary.metrics)
    let isValid = (try? Parser.statements(of: SourceFile(name: "<input>", text: code), mode: .prompt, isKnownName: names.contains)) != nil
    return Event(name: "completeness", members: [("status", .text(isValid ? "complete" : "invalid"))])
  }
}
