import Commands
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
  private var latest: Progress?
  private var lastDrawing: ContinuousClock.Instant?
  /// Whether a line without its newline stands in the terminal.
  private var isLineOpen = false

  public init(stream: StandardStream, style: Style) {
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

  /// Takes the open line away, so that something else can be written; the next report draws it again.
  public func hide() {
    guard isLineOpen else { return }
    stream.write("\r\u{1B}[K")
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
      if let latest { draw(ProgressLine(latest, isFinished: true), bar, end: "\n") }
      isLineOpen = false
      lastDrawing = nil
      return
    }
    let now = ContinuousClock.now
    if let lastDrawing, now - lastDrawing < .milliseconds(100) { return }
    lastDrawing = now
    draw(ProgressLine(progress, isFinished: false), bar, end: "")
    isLineOpen = true
  }

  private func draw(_ line: ProgressLine, _ bar: ProgressLine.Bar, end: String) {
    // The last column stays free: many terminals wrap as soon as it is filled.
    let width = max(10, (stream.size?.columns ?? 80) - 1)
    stream.write("\r" + line.text(width: width, bar: bar) + "\u{1B}[K" + end)
  }
}
