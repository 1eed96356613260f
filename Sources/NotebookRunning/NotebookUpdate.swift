import Commands
import Notebooks

/// A notebook with the outputs of a run in place of its recorded ones.
public struct NotebookUpdate: Sendable {
  public let text: String
  /// How many cells have another output now.
  public let changedCount: Int

  /// nil where the run did not come to its end: a half of the outputs would belong to another notebook than the other half.
  public init?(_ run: NotebookRun) {
    guard run.end == .completed || run.end == .quit else { return nil }
    var outputs: [Int: [String]] = [:]
    for cell in run.cells { outputs[cell.index] = cell.output }
    let cells = run.notebook.cells
    var changedCount = 0
    // What `quit` left out keeps its output.
    let replaced = cells.indices.map { index -> [String]? in
      guard let output = outputs[index] else { return nil }
      let recorded = cells[index].recorded
      var lines = output
      if let recorded, let sign = recorded.first, OutputText.standsForAnything(recorded) {
        // Alone it asks for no output at all.
        if recorded.count == 1 { return nil }
        lines = [sign] + output
      }
      guard lines != recorded ?? [], recorded.map({ Self.differ($0, lines) }) ?? true else { return nil }
      changedCount += 1
      return lines
    }
    text = run.notebook.text { replaced[$0] }
    self.changedCount = changedCount
  }

  /// A time that has passed is no change that a file should be written for; a plot is drawn anew.
  private static func differ(_ recorded: [String], _ found: [String]) -> Bool {
    if OutputText.standsForAnything(recorded) || found.contains(where: OutputText.isDrawing) { return true }
    return !OutputComparison(recorded: recorded, found: found, tolerance: Tolerance(relative: 0, absolute: 0)).isEqual
  }
}
