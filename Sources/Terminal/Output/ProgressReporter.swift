import Commands
import Figures
import Foundation

/// Shows how far a run is, and costs it nothing that can be measured: a report between two drawings is one look at the clock.
public final class ProgressReporter {
  public enum Style: Sendable {
    /// One line, drawn again in place ten times a second at most.
    case redrawn(ProgressLine.Bar)
    /// A line at the end of every epoch: no terminal to draw on, or one that cannot go back.
    case plain
    case silent
  }

  private let stream: StandardStream
  private let style: Style
  private let layout: () -> AnswerLayout
  /// The lines below the progress line, as they stand there.
  private var figureLines = 0
  private var latest: Progress?
  private var lastDrawing: ContinuousClock.Instant?
  private var pointsText = ""
  /// Whether a line without its newline stands in the terminal.
  private var isLineOpen = false

  /// - Parameter layout: the room for what `watch plot` draws.
  public init(stream: StandardStream, style: Style, layout: @escaping () -> AnswerLayout = { .page }) {
    self.layout = layout
    self.stream = stream
    self.style = style
  }

  public func report(_ progress: Commands.Progress?) {
    switch style {
    case .silent: return
    case .plain: reportPlainly(progress)
    case .redrawn(let bar): redraw(progress, bar)
    }
    latest = progress
  }

  /// `3 of 8 points done, 2 running 0:01:12`, on a terminal alone: what a pipe is told comes with each point.
  public func report(points: PointProgress?) {
    guard case .redrawn = style else { return }
    guard let points else { return hide() }
    let text = "\(points.done) of \(points.total) points done, \(points.running) running \(ProgressLine.duration(points.seconds))"
    guard !isLineOpen || text != pointsText else { return }
    stream.write("\r" + text.prefix(max(10, (stream.size?.columns ?? 80) - 1)) + "\u{1B}[K")
    (pointsText, isLineOpen) = (text, true)
  }

  /// Takes the open line away, so that something else can be written; the next report draws it again.
  public func hide() {
    guard isLineOpen else { return }
    stream.write("\r\u{1B}[K" + (figureLines > 0 ? "\u{1B}[J" : ""))
    figureLines = 0
    isLineOpen = false
    lastDrawing = nil
  }

  /// An epoch's last report is known when the first of the next arrives.
  private func reportPlainly(_ progress: Progress?) {
    guard let latest, latest.epoch != progress?.epoch else { return }
    stream.write(ProgressLine(latest, isFinished: progress == nil).text(bar: .none) + "\n")
  }

  private func redraw(_ progress: Progress?, _ bar: ProgressLine.Bar) {
    guard let progress else {
      if let latest { draw(ProgressLine(latest, isFinished: true), bar, end: (figureLines > 0 ? "\u{1B}[J" : "") + "\n") }
      figureLines = 0
      isLineOpen = false
      lastDrawing = nil
      return
    }
    let now = ContinuousClock.now
    if let lastDrawing, progress.figure == nil, now - lastDrawing < .milliseconds(100) { return }
    lastDrawing = now
    draw(ProgressLine(progress, isFinished: false), bar, end: progress.figure.map(below) ?? "")
    isLineOpen = true
  }

  /// What `watch plot` draws below the line; the cursor is back on the line behind it. Nothing in a window that it would scroll.
  private func below(_ figure: Figure) -> String {
    let most = (stream.size?.rows ?? 24) - 2
    var space = layout().figureSpace
    var lines = figure.text(in: space).split(separator: "\n", omittingEmptySubsequences: false)
    while lines.count > most, space.rows > 4 {
      space.rows = max(4, space.rows - (lines.count - most))
      lines = figure.text(in: space).split(separator: "\n", omittingEmptySubsequences: false)
    }
    guard lines.count <= most else { return "" }
    figureLines = lines.count
    return lines.map { "\n\r\($0)\u{1B}[K" }.joined() + "\u{1B}[J\u{1B}[\(lines.count)A\r"
  }

  private func draw(_ line: ProgressLine, _ bar: ProgressLine.Bar, end: String) {
    // The last column stays free: many terminals wrap as soon as it is filled.
    let width = max(10, (stream.size?.columns ?? 80) - 1)
    stream.write("\r" + line.text(width: width, bar: bar) + "\u{1B}[K" + end)
  }
}
