import Glibc

/// Dates as short as `ls` has them: today's have their time, this year's month and day, others year and month.
enum ShortDate {
  /// `2026-11-28`, by the local clock.
  static var today: String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 16)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d", &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// nil for what is no `2026-11-28 02:47`.
  static func text(of cell: ResultTable.Cell, _ today: String) -> String? {
    guard case .text(let text) = cell, let date = text.wholeMatch(of: /(\d{4})-(\d\d-\d\d) (\d\d:\d\d)/) else { return nil }
    if text.hasPrefix(today) { return String(date.3) }
    return today.hasPrefix(date.1) ? String(date.2) : String(text.prefix(7))
  }
}
