import Kernels

/// Runs a program as `Program.run` does, and keeps the time that each of its operations takes.
///
/// The clock is read once an operation, some tens of nanoseconds, so that a run takes as long as one that nobody times.
public final class ProgramProfile {
  /// What the operations of one primitive take together: means over the runs. `flops` and `bytes` are as in `OperationCost`.
  public struct Row: Hashable, Sendable {
    public let primitive: String
    public let seconds: Double
    public let calls: Int
    public let flops: Int
    public let bytes: Int
  }

  public let program: Program
  public private(set) var runCount = 0
  private let costs: [OperationCost]
  /// Of each operation, over all runs.
  private var durations: [Duration]

  public init(of program: Program) {
    self.program = program
    costs = program.plan.costs
    durations = Array(repeating: .zero, count: costs.count)
  }

  public func run(_ context: RunContext = RunContext()) {
    var last = ContinuousClock.now
    for (index, kernel) in program.kernels.enumerated() {
      kernel(context)
      let now = ContinuousClock.now
      durations[index] += now - last
      last = now
    }
    runCount += 1
  }

  /// Forgets the runs so far.
  public func clear() {
    runCount = 0
    for index in durations.indices { durations[index] = .zero }
  }

  /// By primitive, the slowest first.
  public var rows: [Row] {
    Dictionary(grouping: costs.indices) { costs[$0].name }.map { name, operations in
      Row(
        primitive: name, seconds: seconds(of: operations), calls: operations.count,
        flops: operations.reduce(0) { $0 + costs[$1].flops }, bytes: operations.reduce(0) { $0 + costs[$1].bytes })
    }.sorted { ($1.seconds, $0.primitive) < ($0.seconds, $1.primitive) }
  }

  /// A run's mean for some of the operations, by their places in `ProgramPlan.costs`.
  public func seconds(of operations: some Sequence<Int>) -> Double {
    operations.reduce(Duration.zero) { $0 + durations[$1] } / .seconds(1) / Double(max(1, runCount))
  }
}
