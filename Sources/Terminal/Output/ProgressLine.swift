import Commands
import Foundation

/// Foundation has a `Progress` too; in this module it is never meant.
typealias Progress = Commands.Progress

/// The text of one progress line:
///
///     epoch 10/10 ━━━━━━━━━━━━━━━━━━━━ 0:00:12   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1
///
/// The time is what is left while the run goes on (`0:00:08 left`), and what it took when it is over. In a narrow window first the bar
/// shrinks, then it goes, then the last metrics go; of the time and the last metric left the time goes first.
public struct ProgressLine {
  public enum Bar: Sendable { case heavy, ascii, none }

  private let progress: Progress
  private let isFinished: Bool

  public init(_ progress: Commands.Progress, isFinished: Bool) {
    self.progress = progress
    self.isFinished = isFinished
  }

  /// - Parameter width: columns that the line may fill; nil: as many as it likes.
  public func text(width: Int? = nil, bar: Bar) -> String {
    let head = "epoch \(progress.epoch)/\(progress.epochs)"
    var values = progress.values.map { "\($0.name) \(Self.number($0.value, percent: $0.name.hasPrefix("top")))" }
    guard let width else { return joined(head, barText(20, bar), time, values) }
    if bar != .none {
      for length in stride(from: 20, through: 4, by: -2) {
        let line = joined(head, barText(length, bar), time, values)
        if line.count <= width { return line }
      }
    }
    while true {
      let line = joined(head, nil, time, values)
      if line.count <= width { return line }
      if values.count <= 1 { break }
      values.removeLast()
    }
    let shorter = [joined(head, nil, nil, values), joined(head, nil, time, []), head]
    return shorter.first { $0.count <= width } ?? String(head.prefix(width))
  }

  private func joined(_ head: String, _ bar: String?, _ time: String?, _ values: [String]) -> String {
    let left = [head, bar, time].compactMap { $0 }.joined(separator: " ")
    return values.isEmpty ? left : left + "   " + values.joined(separator: "  ")
  }

  private func barText(_ length: Int, _ bar: Bar) -> String? {
    let fraction = progress.fraction.isFinite ? min(max(progress.fraction, 0), 1) : 0
    let filled = Int(fraction * Double(length) + 1e-9)
    let marks: (String, String)
    switch bar {
    case .heavy: marks = ("━", "─")
    case .ascii: marks = ("#", "-")
    case .none: return nil
    }
    return String(repeating: marks.0, count: filled) + String(repeating: marks.1, count: length - filled)
  }

  private var time: String? {
    if isFinished { return Self.duration(progress.secondsElapsed) }
    return progress.secondsLeft.map { Self.duration($0) + " left" }
  }

  /// `h:mm:ss`
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "-:--:--" }
    let whole = Int(seconds.rounded())
    return "\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Two significant digits, more for larger numbers: -0.62, 0.061, 12.3, 456, 4.1e-05. Percentages have one decimal.
  static func number(_ value: Double, percent: Bool = false) -> String {
    let size = abs(value)
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    switch size {
    case _ where percent: return formatted(value, "%.1f")
    case 0: return "0"
    case 1e6...: return formatted(value, "%.1e")
    case 100...: return formatted(value, "%.0f")
    case 10...: return formatted(value, "%.1f")
    case 0.0995...: return formatted(value, "%.2f")
    case 0.00995...: return formatted(value, "%.3f")
    case 0.001...: return formatted(value, "%.4f")
    default: return formatted(value, "%.1e")
    }
  }

  private static func formatted(_ value: Double, _ format: String) -> String {
    String(format: format, value)
  }
}
