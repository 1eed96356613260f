import Commands
import Notebooks
import SourceText

/// Runs the cells of a notebook, one after the other, in one session.
public struct NotebookRunner {
  private let options: SessionOptions
  private let output: any SessionOutput

  /// - Parameter output: hears everything as it happens.
  public init(options: SessionOptions, output: any SessionOutput) {
    (self.options, self.output) = (options, output)
  }

  /// - Parameter whenRun: given the session before it is concluded: what it knows of its runs.
  public func run(_ notebook: Notebook, whenRun: (Session) -> Void = { _ in }) -> NotebookRun {
    let outside = OutsideDiagnostics(output)
    let session = Session(options: options, output: outside)
    session.keepsTraces = true
    let ended = session.run(notebook.file, mode: .script)
    whenRun(session)
    let end = session.conclude(after: ended)
    let traces = session.traces
    let heard = Set(traces.flatMap(\.diagnostics))
    return NotebookRun(
      notebook: notebook, cells: Self.cells(of: notebook, traces), diagnostics: outside.diagnostics.filter { !heard.contains($0) }, end: end)
  }

  /// The traces of each cell, as one.
  private static func cells(of notebook: Notebook, _ traces: [StatementTrace]) -> [CellRun] {
    var rest = traces[...]
    var runs: [CellRun] = []
    for (index, cell) in notebook.cells.enumerated() where !rest.isEmpty {
      let own = rest.prefix { $0.statement.span.range.lowerBound < cell.span.range.upperBound }
      rest = rest.dropFirst(own.count)
      guard let last = own.last else { continue }
      runs.append(
        CellRun(
          index: index, said: own.flatMap(\.said), runs: own.flatMap(\.runs), end: last.end, seconds: own.reduce(0) { $0 + $1.seconds }))
    }
    return runs
  }

  /// Passes everything on, and keeps the diagnostics.
  private final class OutsideDiagnostics: SessionOutput {
    private let output: any SessionOutput
    private(set) var diagnostics: [Diagnostic] = []

    init(_ output: any SessionOutput) { self.output = output }

    func answer(_ answer: Answer) { output.answer(answer) }
    func note(_ text: String) { output.note(text) }
    func relay(_ text: String) { output.relay(text) }
    func progress(_ progress: Progress?) { output.progress(progress) }
    func diagnostic(_ diagnostic: Diagnostic) {
      diagnostics.append(diagnostic)
      output.diagnostic(diagnostic)
    }
  }
}

/// Shows of a session its progress and what is wrong, and neither results nor echoes: those are compared or written.
public final class ProblemsOutput: SessionOutput {
  private let output: any SessionOutput

  public init(_ output: any SessionOutput) { self.output = output }

  public func answer(_ answer: Answer) {}
  public func note(_ text: String) {}
  public func relay(_ text: String) {}
  public func progress(_ progress: Progress?) { output.progress(progress) }
  public func diagnostic(_ diagnostic: Diagnostic) { output.diagnostic(diagnostic) }
}
