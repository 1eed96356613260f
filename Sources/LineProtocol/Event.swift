import SourceText
import Terminal

/// What the program is told: one JSON object on one line, named by its first member.
struct Event {
  let name: String
  var members: [(name: String, value: JSONValue)] = []

  /// - Parameter id: of the request that it belongs to.
  func line(id: JSONValue) -> String {
    JSONValue.object([("event", .text(name)), ("id", id)] + members).json
  }
}

extension Event {
  static func status(isBusy: Bool) -> Event { Event(name: "status", members: [("status", .text(isBusy ? "busy" : "idle"))]) }

  static func note(_ text: String) -> Event { Event(name: "note", members: [("text", .text(text))]) }

  static func error(_ refusal: Request.Refusal) -> Event {
    Event(name: "error", members: [("code", .text(refusal.code)), ("message", .text(refusal.message))])
  }

  /// The diagnostic as a user reads it, and its parts.
  static func diagnostic(_ diagnostic: Diagnostic) -> Event {
    var members: [(name: String, value: JSONValue)] = [
      ("level", .text(diagnostic.level.rawValue)), ("message", .text(diagnostic.message)),
      ("text", .text(DiagnosticRenderer().render(diagnostic)))
    ]
    if let site = diagnostic.site {
      members += [
        ("file", .text(site.file.name)), ("line", .integer(site.line)), ("column", .integer(site.column)), ("span", .range(site.range)),
        ("related", .list(diagnostic.related.filter { $0.file === site.file }.map { .range($0.range) }))
      ]
    }
    members.append(("hints", .texts(diagnostic.hints)))
    return Event(name: "diagnostic", members: members)
  }

  /// How far a training is; `text` is the line that a terminal shows.
  static func progress(_ progress: Progress, isFinished: Bool) -> Event {
    Event(
      name: "progress",
      members: [
        ("text", .text(ProgressLine(progress, isFinished: isFinished).text(width: 100, bar: .heavy))),
        ("epoch", .integer(progress.epoch)), ("epochs", .integer(progress.epochs)), ("fraction", .number(progress.fraction)),
        ("seconds", .number(progress.secondsElapsed)), ("seconds_left", progress.secondsLeft.map { .number($0) } ?? .null),
        ("values", .object(progress.values.map { ($0.name, .number($0.value)) })), ("finished", .flag(isFinished))
      ])
  }
}
