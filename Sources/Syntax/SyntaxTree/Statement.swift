import SourceText

/// One statement as typed. `Commands/` has one file for each.
public struct Statement: Sendable {
  public let kind: Kind
  /// The keyword as typed (at the prompt it may be a prefix), canonical.
  public let keyword: Binder
  public let span: SourceSpan

  public init(_ kind: Kind, keyword: Binder, span: SourceSpan) {
    self.kind = kind
    self.keyword = keyword
    self.span = span
  }

  public indirect enum Kind: Sendable {
    // The language proper.
    /// `let Ge = -Zn`
    case letBinding(Binder, Expression)
    /// `val A = [[3, 4], [1, 0]] on test`
    case valBinding(Binder, Expression, on: Sample?)
    /// `loss E`, `loss onesided E`, `loss alternating E1, E2`
    case loss(LossMode, [Expression])
    /// `track NAME = EXPR every step|epoch on …`; without `every` each step, or each epoch when it is `on` a sample.
    case track(Binder, Expression, every: Cadence, on: Sample?)
    /// `print E, "text", …`; a bare expression at the prompt is a print too (keyword `print`, empty span).
    case print([Expression], on: Sample?)
    /// `expect E`
    case expect(Expression, on: Sample?)
    /// `for x in LIST { … }`, `for x in LIST parallel 2 { … }`
    case forLoop(Binder, in: Expression, parallel: Expression?, body: [Statement])
    /// `if E { … } else { … }`; `else if` is an `else` of one statement.
    case conditional(Expression, then: [Statement], otherwise: [Statement])
    /// `include "file.siam"`
    case include(Binder)

    // The experiment. Names are words as typed; options are checked by the command that reads them.
    /// `projector LAYERS`, `predictor LAYERS`; `module NAME = LAYERS`
    case layers(name: Binder, LayerFormula)
    /// Words, strings, numbers and `key=value` options, for every statement without a syntax of its own:
    /// `data cifar10 or shapes train=5000`, `encoder mlp 512 256`, `augment none`, `use quick`, `rate h constant`, `seed 0`, `batch 256`,
    /// `schedule cosine warmup=10`, `probe off`, `show Za`, `clear x`, `reset`, `evaluate knn k=20`, `help loss`, `quit`, `note 41 "text"`, `flow loss` …
    case command([Argument])
    /// `train`, `train 20`, `train 300 steps`, `train fresh 3*epochs as "name"`
    case train(fresh: Bool, amount: Expression?, unit: TrainingUnit, name: Expression?)
    /// `decompose Za`, `decompose grad`, `decompose E on test`
    case decompose(Expression, on: Sample?)

    // The record.
    /// `history …`
    case history(HistoryStatement)
    /// `export runs where top1 > 30 to "runs.csv"`
    case export(ExportStatement)
    /// `sql SELECT …` to the end of the line
    case sql(String, SourceSpan)
    /// `table verdict, std, "paper" = [1, 2] of "triplet*" as markdown`
    case table(TableStatement)
    /// `plot mo mr of 41 42`; `plot E against eta in -1..1 to "fig.svg"`
    case plot(PlotStatement)
    /// `watch plot mo mr`; `watch std < 0.001 stop "collapse"`; `watch off`
    case watch(WatchStatement)
  }

  public enum LossMode: String, Sendable { case symmetric, onesided, alternating }
  public enum Cadence: String, Sendable { case step, epoch }
  public enum TrainingUnit: String, Sendable { case epochs, steps }
}

/// `on train`, `on test`, `on 20 batches`.
public struct Sample: Sendable {
  public enum Kind: Sendable {
    case train, test
    case batches(Expression)
  }
  public let kind: Kind
  public let span: SourceSpan
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// One word of a `command` statement.
public struct Argument: Sendable {
  public enum Kind: Sendable {
    case word(String)
    /// A string in double quotes, without them. `"tau={x}"` still has its braces: the session interpolates.
    case string(String)
    /// A number, a list, a range, a product that begins with one, or an expression in parentheses. A bare word is always `.word`.
    case value(Expression)
    /// `key=value`. A bare word as value is `.name`.
    case option(Binder, Expression)
  }
  public let kind: Kind
  public let span: SourceSpan
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// `fc D + bn + relu + fc D/4`: layers in order, as the paper writes heads.
public struct LayerFormula: Sendable {
  public let layers: [Layer]
  public let span: SourceSpan
  public init(layers: [Layer], span: SourceSpan) {
    self.layers = layers
    self.span = span
  }

  /// `fc D/4`, `bn(affine=false)`, `tanh(fc)`, `relu`, `l2`, `bias`, `identity`, `none`.
  public struct Layer: Sendable {
    public let name: Binder
    /// The expression after the name: the width of an `fc` (a product or quotient; a sum must be in parentheses, as `+` joins layers).
    public let width: Expression?
    /// `bn(affine=false, momentum=0.1)`
    public let options: [(Binder, Expression)]
    /// The layer inside `tanh(fc)`.
    public let inner: [Layer]
    public let span: SourceSpan
    public init(name: Binder, width: Expression?, options: [(Binder, Expression)], inner: [Layer], span: SourceSpan) {
      self.name = name
      self.width = width
      self.options = options
      self.inner = inner
      self.span = span
    }
  }
}

public enum OutputFormat: String, Sendable, CaseIterable { case table, csv, json, markdown, latex }

/// `history [N] [where E] [columns a, b] [sort E [asc|desc]] [limit N] [format csv] [> "file"]`
public struct HistoryStatement: Sendable {
  /// `history 42`
  public var run: Expression?
  /// Behind `where`. In a query `=` has become `==`, and a time such as `-7d` the string `"-7d"`.
  public var filter: Expression?
  /// Expressions such as `name`, `lr`, `last(mo)`.
  public var columns: [Expression] = []
  public var sort: [(Expression, descending: Bool)] = []
  public var limit: Expression?
  public var format: OutputFormat?
  /// `> "runs.csv"`
  public var file: Binder?
  /// `history save "other.sqlite"`: then nothing else is there.
  public var copy: Binder?
  public init() {}
}

/// `export runs to "runs.csv"`, `export series of 41 42 to "series.json"`, `export series where collapsed to "series.csv"`
public struct ExportStatement: Sendable {
  public enum Table: String, Sendable, CaseIterable { case runs, series }
  public let table: Table
  /// Run numbers or names; none: what `filter` selects, or all.
  public let runs: [Expression]
  public let filter: Expression?
  public let file: Binder
  public init(table: Table, runs: [Expression], filter: Expression?, file: Binder) {
    self.table = table
    self.runs = runs
    self.filter = filter
    self.file = file
  }
}

/// `table verdict, std, mo, "paper" = [36.21, 47.41, 1] of "triplet*" as markdown`
public struct TableStatement: Sendable {
  public enum Column: Sendable {
    case metric(Expression)
    case literal(title: String, Expression)
  }
  public var columns: [(Column, SourceSpan)]
  public var pattern: Expression?
  public var format: OutputFormat?
  public init(columns: [(Column, SourceSpan)], pattern: Expression? = nil, format: OutputFormat? = nil) {
    self.columns = columns
    self.pattern = pattern
    self.format = format
  }
}
