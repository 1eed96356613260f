/// When a run in progress is checkpointed without being asked.
enum CheckpointRule: Hashable {
  case off
  /// After so many seconds since the run's start or its last checkpoint, at a step boundary.
  case seconds(Double)
  case epochs(Int)
  case steps(Int)

  static let standard = CheckpointRule.seconds(600)

  /// `every 10 min`, as typed again.
  var text: String {
    switch self {
    case .off: "off"
    case .seconds(let seconds) where seconds >= 60: "every \(Self.short(seconds / 60)) min"
    case .seconds(let seconds): "every \(Self.short(seconds)) s"
    case .epochs(let count): "every \(count.counted("epoch"))"
    case .steps(let count): "every \(count.counted("step"))"
    }
  }

  private static func short(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
