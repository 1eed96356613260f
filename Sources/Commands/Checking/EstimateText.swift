import Tables

/// Estimates in words that do not promise more than they know: two digits and a unit.
enum EstimateText {
  /// `0.13 s`, `21 s`, `5.5 min`, `3.2 h`, `12 days`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.095: "\(digits(1000 * seconds)) ms"
    case ..<100: "\(digits(seconds)) s"
    case ..<5700: "\(digits(seconds / 60)) min"
    case ..<172_800: "\(digits(seconds / 3600)) h"
    default: "\(digits(seconds / 86_400)) days"
    }
  }

  /// `0.94 MiB`, `310 MiB`, `4.2 GiB`.
  static func bytes(_ count: Int) -> String {
    let mebibytes = Double(count) / Double(1 << 20)
    return mebibytes < 1000 ? "\(digits(mebibytes)) MiB" : "\(digits(mebibytes / 1024)) GiB"
  }

  /// Two, or all of those before the point.
  private static func digits(_ value: Double) -> String {
    if value >= 100 { return NumberText.display((value / 10).rounded() * 10) }
    if value >= 10 { return NumberText.display(value.rounded()) }
    if value >= 1 { return NumberText.display((value * 10).rounded() / 10) }
    return NumberText.display((value * 100).rounded() / 100)
  }
}
