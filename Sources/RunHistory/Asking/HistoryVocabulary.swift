import GRDB

/// The words of a query on the history, for help and completion.
public enum HistoryVocabulary {
  public struct Word: Sendable {
    public let name: String
    public let summary: String

    init(_ name: String, _ summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// What a run has beside its settings and metrics.
  public static let columns: [Word] = [
    Word("id", "the run's number"), Word("uuid", "the same in every history that has the run"), Word("name", "as in `train as \"NAME\"`"),
    Word("state", "running, finished, interrupted, diverged, failed, or dead: its process is gone"),
    Word("verdict", "full, partial, no, diverged; missing before the end"), Word("started", "a date: `started > -7d`, `started > yesterday`"),
    Word("when", "the same as `started`"), Word("ended", "a date; missing while it runs"), Word("seconds", "from start to end"),
    Word("steps", "how many it has done"), Word("continues", "the run whose live model it trained on"), Word("rerun_of", "the run that it repeats"),
    Word("script", "its file; missing at the prompt"), Word("line", "of its `train` in the script"), Word("seed", "of weights and streams"),
    Word("host", "the machine's name"), Word("siam", "the program's version"), Word("commit", "of the program's source"),
    Word("openblas", "the library's version"), Word("threads", "of the computation"), Word("cpu", "the processor"),
    Word("dataset", "the name of the images"), Word("dataset_hash", "of the images that it was made with"), Word("tag", "any of its tags"),
    Word("note", "any of its notes")
  ]

  /// Conditions by themselves.
  public static let flags: [Word] = [
    Word("collapsed", "the verdict is full"), Word("diverged", "a loss or gradient was not finite"), Word("running", "it runs now"),
    Word("finished", "it came to its end"), Word("interrupted", "Ctrl-C ended it"), Word("failed", "an error ended it"),
    Word("dead", "its process is gone"), Word("forgotten", "`forget` has hidden it; only a query with this word shows such runs"),
    Word("true", "every run"), Word("false", "none")
  ]

  /// Of a metric's series, or of the steps at which a condition holds.
  public static let functions: [Word] = [
    Word("first", "first(M): a metric's first value; first(P): the first step at which a condition holds"),
    Word("last", "last(M), last(P): the last of them; a metric alone is its last value"), Word("min", "min(M): its smallest value"),
    Word("max", "max(M): its largest"), Word("mean", "mean(M): of its finite values"), Word("argmin", "argmin(M): the step of the smallest"),
    Word("argmax", "argmax(M): the step of the largest"), Word("count", "count(M): how many values; count(P): at how many steps a condition holds"),
    Word("abs", "abs(x)"), Word("sqrt", "sqrt(x)"), Word("exp", "exp(x)"), Word("log", "log(x)")
  ]

  /// What stands between names: behind a value, that is.
  public static let connectives: [Word] = [
    Word("and", "both"), Word("or", "either"), Word("in", "`lr in [0.1, 0.5]`"), Word("between", "`top1 between 30 and 40`"),
    Word("like", "`name like \"tri%\"`: % is any text, _ any character"),
    Word("contains", "`loss contains sg(Zb)`: the formula has it as a part, however it is spaced and ordered"),
    Word("is missing", "`top1 is missing`: the run has none")
  ]

  /// The words that a column holds, if it is one of a few.
  public static func values(of column: String) -> [String] {
    switch column {
    case "verdict": ["full", "partial", "no", "diverged"]
    case "state": RunState.allCases.map(\.rawValue)
    case "profile": ["quick", "paper"]
    case "encoder": ["convnet", "resnet18", "mlp"]
    case "schedule": ["cosine", "constant"]
    case "optimizer": ["sgd"]
    default: []
    }
  }

  /// What the compiler of queries takes, for the test that all of it is described.
  package static var knownFunctions: [String] { Array(QueryCompiler.reductions.keys) + QueryCompiler.functions.keys }

  /// Settings and metrics that can be asked for before any run has them.
  public static var names: [String] { NameCatalog.builtinMetrics.sorted() + NameCatalog.builtinSettings.sorted() }
}

extension RunHistory {
  /// What queries on this history can name beside columns: its metrics, settings and formulas.
  public func queryNames() throws(HistoryError) -> [String] {
    try read { db in
      let names = try NameCatalog(db)
      return (Array(names.metrics.keys) + names.settings + names.formulas).sorted()
    }
  }

  /// The newest runs, or the newest forgotten ones.
  public func newestRuns(_ count: Int, areForgotten: Bool = false) throws(HistoryError) -> [(id: Int64, name: String?)] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT id, name FROM runs WHERE (forgotten IS NOT NULL) = ? ORDER BY id DESC LIMIT ?", arguments: [areForgotten, count]
      ).map { (try $0.value(0), try $0.value(1)) }
    }
  }

  /// The views of the schema and their columns, for who writes SQL.
  public func views() throws(HistoryError) -> [(name: String, columns: [String])] {
    try read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").map { view in
        (view, try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [view]))
      }
    }
  }
}
