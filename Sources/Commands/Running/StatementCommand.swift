import Syntax

/// A statement of the language: one type in one file, which owns what help and completion say of it and what it does.
protocol StatementCommand: SendableMetatype {
  static var declaration: StatementDeclaration { get }
  /// Whether the record keeps the statement, so that a run can be replayed. Those that only show something are left out.
  static var isRecorded: Bool { get }
  /// Whether it writes itself into the record, in a form of its own; `isRecorded` is then false.
  static var recordsItself: Bool { get }
  /// Whether `undo` takes it back.
  static var changesLiveState: Bool { get }
  static func run(_ statement: Statement, in session: Session) throws(StatementFailure)
  /// What `siam check` does instead: whatever can be wrong is found, nothing is computed, trained, shown or written.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure)
}

extension StatementCommand {
  static var isRecorded: Bool { true }
  static var recordsItself: Bool { false }
  static var changesLiveState: Bool { isRecorded || recordsItself }
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) { try run(statement, in: session) }
}

/// A statement that only asks or shows: a check leaves it alone.
protocol ShowingCommand: StatementCommand {}

extension ShowingCommand {
  static var isRecorded: Bool { false }
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {}
}

/// Every statement, in the order of the reference.
enum StatementTable {
  static let commands: [any StatementCommand.Type] = [
    DataStatement.self, AugmentStatement.self, ViewsStatement.self, TeacherStatement.self, QueueStatement.self, MemoryStatement.self,
    EncoderStatement.self, ProjectorStatement.self,
    PredictorStatement.self, ModuleStatement.self, LetStatement.self, ValStatement.self, LossStatement.self, TrackStatement.self,
    OptimizerStatement.self, ScheduleStatement.self, BatchStatement.self, SeedStatement.self, RateStatement.self, UseStatement.self,
    ProbeStatement.self, ThresholdStatement.self, TrainStatement.self, ResetStatement.self,
    CheckpointStatement.self, SaveStatement.self, LoadStatement.self, ResumeStatement.self, RerunStatement.self, UndoStatement.self,
    BranchStatement.self,
    BackStatement.self, EvaluateStatement.self,
    PrintStatement.self, ShowStatement.self, ClearStatement.self, DecomposeStatement.self, FlowStatement.self, PlotStatementCommand.self,
    WatchStatementCommand.self, ForStatement.self,
    IfStatement.self, ExpectStatement.self, TableStatementCommand.self, HistoryStatementCommand.self, DiffStatement.self, CompareStatement.self,
    LineageStatement.self, VerifyStatement.self, NoteStatement.self, TagStatement.self, UntagStatement.self, ForgetStatement.self,
    RestoreStatement.self,
    PurgeStatement.self, ExportStatementCommand.self, ImportStatement.self, SQLStatement.self, IncludeStatement.self, CheckStatement.self,
    HelpStatement.self, QuitStatement.self
  ]

  private static let byKeyword = Dictionary(uniqueKeysWithValues: commands.map { ($0.declaration.keyword, $0) })

  static func command(for statement: Statement) -> (any StatementCommand.Type)? { byKeyword[statement.keyword.name] }
  static func command(named keyword: String) -> (any StatementCommand.Type)? { byKeyword[keyword] }
}
