import Commands
import Notebooks
import SourceText

/// A notebook's run against the outputs that it has recorded.
public struct NotebookTest: Sendable {
  /// A cell whose output is another than the recorded one.
  public struct Failure: Sendable {
    public let cell: Notebook.Cell
    public let comparison: OutputComparison
    public let tolerance: Tolerance
  }

  public let run: NotebookRun
  public let failures: [Failure]
  /// How many outputs were compared.
  public let comparedCount: Int

  /// - Parameter tolerance: what the command line allows; a cell's own may allow more.
  public init(_ run: NotebookRun, tolerance: Tolerance?) {
    self.run = run
    let cells = run.notebook.cells
    var failures: [Failure] = []
    var comparedCount = 0
    // A notebook that records nothing is a script: running it is all there is to test.
    for cellRun in run.cells where run.notebook.hasOutputs && cellRun.end == .completed {
      let cell = cells[cellRun.index]
      let output = cellRun.output
      guard cell.recorded != nil || !output.isEmpty else { continue }
      comparedCount += 1
      let allowed = tolerance.map { $0.loosened(by: cell.tolerance) } ?? cell.tolerance ?? .standard
      let comparison = OutputComparison(recorded: cell.recorded ?? [], found: output, tolerance: allowed)
      if !comparison.isEqual { failures.append(Failure(cell: cell, comparison: comparison, tolerance: allowed)) }
    }
    (self.failures, self.comparedCount) = (failures, comparedCount)
  }

  /// How the test ends: an output that differs fails it.
  public var end: SessionEnd {
    switch run.end {
    case .completed, .quit: failures.isEmpty ? .completed : .failed
    default: run.end
    }
  }
}
