import Commands
import NotebookRunning
import Notebooks
import RunHistory
import SourceText

extension Report {
  /// What became of a notebook, up to where it ended.
  ///
  /// - Parameter runs: what is recorded of the runs that it made.
  public init(_ run: NotebookRun, runs: [RunReport], circumstances: [Fact], versions: [Fact]) {
    let cells = Dictionary(uniqueKeysWithValues: run.cells.map { ($0.index, $0) })
    var parts: [Part] = []
    blocks: for block in run.notebook.blocks {
      switch block {
      case .prose(let prose): parts.append(.prose(prose.markdown))
      // What was recorded before is not what it answers now.
      case .output: continue
      case .cell(let index):
        guard let cell = cells[index] else { break blocks }
        parts.append(.cell(Cell(range: run.notebook.cells[index].span.range, said: cell.said, runs: cell.runs.map(\.id))))
        if cell.end != .completed { break blocks }
      }
    }
    self.init(
      file: run.notebook.file, parts: parts, diagnostics: run.diagnostics, end: run.end,
      unreachedCount: run.notebook.cells.count - run.cells.count, runs: runs, circumstances: circumstances, versions: versions)
  }

  /// A text that is no notebook: all of it, and why.
  public init(_ file: SourceFile, problem: Diagnostic, circumstances: [Fact], versions: [Fact]) {
    var end = file.bytes.count
    while end > 0, file.bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    let cell = Cell(range: 0..<end, said: [.diagnostic(problem)])
    self.init(file: file, parts: [.cell(cell)], end: .usage, circumstances: circumstances, versions: versions)
  }
}
