import Commands
import Figures
import SourceText

/// Foundation has a `Progress` too; in this module it is never meant.
typealias Progress = Commands.Progress

/// Tells a session's answers as events of the request in progress.
final class EventOutput: SessionOutput {
  /// Ten reports a second are enough to look at: between two a report is one look at the clock.
  private static let shortestPause = Duration.milliseconds(100)

  /// The id of the request in progress; `null` between requests.
  var request = JSONValue.null
  /// Diagnostics are told all the same.
  var isSilent = false

  /// `--quiet`: results and diagnostics alone.
  private let isQuiet: Bool
  private let send: (String) -> Void
  /// What came before the program was greeted.
  private var waiting: [Event]? = []
  /// Answers that are wanted as text, not told.
  private var collected: [String]?
  private var latest: Progress?
  private var lastReport: ContinuousClock.Instant?
  private var hasToldOfGnuplot = false

  /// - Parameter send: takes a line without its newline.
  init(isQuiet: Bool, send: @escaping (String) -> Void) {
    self.isQuiet = isQuiet
    self.send = send
  }

  func tell(_ event: Event) { send(event.line(id: request)) }

  /// The first line, then what has waited for it.
  func greet(_ event: Event) {
    send(JSONValue.object([("event", .text(event.name))] + event.members).json)
    let events = waiting ?? []
    waiting = nil
    events.forEach(tell)
  }

  /// What `body` answers, as text; it says nothing.
  func collecting<End>(_ body: () -> End) -> (end: End, texts: [String]) {
    collected = []
    defer { collected = nil }
    let end = body()
    return (end, collected ?? [])
  }

  func answer(_ answer: Answer) {
    if collected != nil {
      collected?.append(answer.text())
    } else if !isSilent {
      tell(Event(name: "result", members: answer.members))
      if case .figure = answer { tellOfGnuplot() }
    }
  }

  func note(_ text: String) { tellAloud(.note(text)) }

  func relay(_ text: String) { tellAloud(Event(name: "relay", members: [("text", .text(text))])) }

  func diagnostic(_ diagnostic: Diagnostic) {
    if collected != nil { return }
    if waiting != nil {
      waiting?.append(.diagnostic(diagnostic))
    } else {
      tell(.diagnostic(diagnostic))
    }
  }

  func progress(_ progress: Progress?) {
    if isSilent || isQuiet { return }
    guard let progress else {
      if let latest { tell(.progress(latest, isFinished: true)) }
      (latest, lastReport) = (nil, nil)
      return
    }
    latest = progress
    let now = ContinuousClock.now
    if let lastReport, now - lastReport < Self.shortestPause { return }
    lastReport = now
    tell(.progress(progress, isFinished: false))
  }

  private func tellAloud(_ event: Event) {
    if !isQuiet && !isSilent && collected == nil && waiting == nil { tell(event) }
  }

  /// Why there is no picture, once.
  private func tellOfGnuplot() {
    guard !hasToldOfGnuplot, !Gnuplot.isInstalled else { return }
    hasToldOfGnuplot = true
    let failure = Gnuplot.Failure.notInstalled
    tellAloud(.note("\(failure.message): `apt install gnuplot-nox`"))
  }
}
