/// Turns a diagnostic into the lines that a user reads:
///
///     quick.siam:3:6: error: `Za` is batch × dim 256, `fb` is batch × feature 128: `.` needs two of one shape
///         loss -Za . sg(fb)
///               ~~   ^~~~~~
///       hint: `zb` is what the projector makes of `fb`
public struct DiagnosticRenderer: Sendable {
  public init() {}
}
