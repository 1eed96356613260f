/// What a bare name asks of the session's latest run.
public enum RecordedFact: String, CaseIterable, Sendable {
  case top1, verdict, collapsed, diverged

  public var summary: String {
    switch self {
    case .top1: "accuracy of the online linear probe on the test set, in percent, as the latest run recorded it"
    case .verdict: "what became of the latest run: \"full\" or \"partial\" collapse, \"no\" collapse, or \"diverged\""
    case .collapsed: "whether the verdict on the latest run is \"full\""
    case .diverged: "whether a loss or a gradient of the latest run was not finite"
    }
  }

  /// A statement that shows it at work, once there is a run.
  public var example: String {
    switch self {
    case .top1: "print top1"
    case .verdict: "expect verdict in [\"no\", \"partial\", \"full\"]"
    case .collapsed: "print collapsed"
    case .diverged: "expect not diverged"
    }
  }

  /// Where the paper has it.
  public var paper: String? {
    switch self {
    case .top1: "A.1"
    case .verdict, .collapsed: "Sec. 3.1"
    case .diverged: nil
    }
  }
}
