/// The words that statements begin with. This table is the only place that names them; the parser chooses a statement's form by it.
public enum StatementKeyword: String, CaseIterable, Sendable {
  case `let`, val, loss, track, print, expect, `for`, `if`, include
  case data, augment, views, encoder, projector, predictor, module
  case teacher, queue, memory
  case optimizer, schedule, batch, seed, rate, use, threshold, probe
  case train, reset, checkpoint, save, load, resume, rerun, undo, branch, back, evaluate, show, clear, decompose, flow, plot, watch
  case history, table, diff, compare, lineage, verify, note, tag, untag, forget, restore, purge, export, `import`, sql
  case check, help, quit

  /// How the rest of the statement is written.
  enum Form {
    case letBinding, valBinding, loss, track, print, expect, forLoop, conditional, include
    /// `projector LAYERS`; `module NAME = LAYERS`
    case head, module
    case train, decompose, plot, watch, history, export, table, sql
    /// Words, values and `key=value` options.
    case command
  }

  var form: Form {
    switch self {
    case .let: .letBinding
    case .val: .valBinding
    case .loss: .loss
    case .track: .track
    case .print: .print
    case .expect: .expect
    case .for: .forLoop
    case .if: .conditional
    case .include: .include
    case .projector, .predictor: .head
    case .module: .module
    case .train: .train
    case .decompose: .decompose
    case .plot: .plot
    case .watch: .watch
    case .history: .history
    case .export: .export
    case .table: .table
    case .sql: .sql
    case .data, .augment, .views, .encoder, .teacher, .queue, .memory, .optimizer, .schedule, .batch, .seed, .rate, .use, .threshold, .probe, .reset,
      .checkpoint, .save, .load, .resume, .rerun, .undo, .branch, .back, .evaluate, .show, .clear, .flow, .diff, .compare, .lineage, .verify, .note,
      .tag, .untag, .forget, .restore,
      .purge, .import, .check, .help, .quit:
      .command
    }
  }

  /// What leaves other programs, leaves the prompt.
  public static let otherWords: [String: StatementKeyword] = ["q": .quit, "exit": .quit]

  /// Every keyword that begins with the letters typed, or the one that they are another word for.
  public static func beginning(with prefix: String) -> [StatementKeyword] {
    if let keyword = otherWords[prefix] { return [keyword] }
    return allCases.filter { $0.rawValue.hasPrefix(prefix) }
  }
}
