import Foundation

/// A date as a query writes it: `-7d`, `2026-11-01`, `2026-11`, `2026-11-01 14:30`, `today`. It is a stretch of time, a whole
/// day where a day is named.
///
/// Local time, as the user's clock shows it.
package struct DateLiteral {
  package let start: Date
  /// Not included; equal to `start` for an instant.
  package let end: Date

  /// Nil when the text is no date.
  package init?(_ text: String, now: Date = Date(), calendar: Calendar = .current) {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard let found = Self.relative(text, now, calendar) ?? Self.named(text, now, calendar) ?? Self.absolute(text, calendar)
    else { return nil }
    (start, end) = found
  }

  private static let units: [String: Calendar.Component] = [
    "s": .second, "min": .minute, "h": .hour, "d": .day, "w": .weekOfYear, "month": .month, "y": .year
  ]

  /// `-7d`, or `7d`: seven days ago.
  private static func relative(_ text: String, _ now: Date, _ calendar: Calendar) -> (Date, Date)? {
    guard let match = text.wholeMatch(of: /-?\s*(\d{1,6})\s*([a-z]+)/), let count = Int(match.1),
      let unit = units[String(match.2)],
      let date = calendar.date(byAdding: unit, value: -count, to: now)
    else { return nil }
    return (date, date)
  }

  private static func named(_ text: String, _ now: Date, _ calendar: Calendar) -> (Date, Date)? {
    let midnight = calendar.startOfDay(for: now)
    switch text {
    case "now": return (now, now)
    case "today": return day(from: midnight, calendar)
    case "yesterday": return calendar.date(byAdding: .day, value: -1, to: midnight).flatMap { day(from: $0, calendar) }
    default: return nil
    }
  }

  private static func day(from start: Date, _ calendar: Calendar) -> (Date, Date)? {
    calendar.date(byAdding: .day, value: 1, to: start).map { (start, $0) }
  }

  private static func absolute(_ text: String, _ calendar: Calendar) -> (Date, Date)? {
    let pattern = /(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?/
    guard let match = text.wholeMatch(of: pattern) else { return nil }
    func part(_ text: Substring?) -> Int? { text.flatMap { Int($0) } }
    let parts = DateComponents(
      calendar: calendar, year: part(match.1), month: part(match.2), day: part(match.3) ?? 1, hour: part(match.4) ?? 0,
      minute: part(match.5) ?? 0, second: part(match.6) ?? 0)
    guard parts.isValidDate(in: calendar), let start = calendar.date(from: parts) else { return nil }
    let unit: Calendar.Component = match.3 == nil ? .month : match.4 == nil ? .day : match.6 == nil ? .minute : .second
    return calendar.date(byAdding: unit, value: 1, to: start).map { (start, $0) }
  }
}
