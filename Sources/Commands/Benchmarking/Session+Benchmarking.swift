import Experiments
import SourceText
import Syntax
import Training

extension Session {
  /// Times training steps of the experiment that statements set up, and says what they take. Nothing is recorded.
  ///
  /// The statements are read as `check` reads them, up to the first `train`, which is not run but timed; without one it is the last loss.
  /// Data and loss, where no statement names them, are CIFAR-10 (else `shapes`) and SimSiam's.
  ///
  /// - Parameters:
  ///   - file: nil: nothing is set up.
  ///   - steps: how many to time, at least 1; nil: for about three seconds.
  public func benchmark(_ file: SourceFile?, mode: Parser.Mode, steps: Int?) -> SessionEnd {
    checking = Checking(for: .benchmark)
    defer { checking = nil }
    if let file {
      let end = run(file, mode: mode)
      guard end == .completed || end == .quit else { return end }
    }
    return ending { () throws(StatementFailure) in
      if let met = checking?.benchmarked { try time(met, steps: steps) } else { try time(usualTraining(), steps: steps) }
    }
  }

  private func usualTraining() throws(StatementFailure) -> PreparedTraining {
    if experiment.dataset == nil { try execute(Self.usual("data cifar10 or shapes")) }
    if experiment.definitions.loss == nil { try execute(Self.usual("loss -Pa . sg(Zb)")) }
    let file = SourceFile(name: "<bench>", text: "train")
    return try StatementFailure.wrap { () throws(Diagnostic) in
      try experiment.prepareTraining(.usual, at: SourceSpan(file, 0..<file.text.utf8.count))
    }
  }

  private static func usual(_ text: String) throws(StatementFailure) -> [Statement] {
    try StatementFailure.wrap { () throws(Diagnostic) in
      try Parser.statements(of: SourceFile(name: "<bench>", text: text), mode: .script)
    }
  }

  private func time(_ prepared: PreparedTraining, steps: Int?) throws(StatementFailure) {
    warn(prepared.warnings)
    let source = prepared.job.source
    output.note("timing steps on \(experiment.dataset?.name ?? ""), \(source.views) views of \(source.batch) images …")
    let (benchmark, outcome) = try StatementFailure.wrap { () throws(Diagnostic) in
      try experiment.benchmark(prepared, steps: steps, stop: Self.interruption)
    }
    guard let benchmark else {
      throw .failed(Diagnostic("there is no step to time: it \(outcome.verdict.sentence)", at: nil))
    }
    output.result(BenchmarkReport(benchmark).text(as: options.format))
  }
}
