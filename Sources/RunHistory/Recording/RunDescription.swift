import Syntax

/// What is known of a run when it begins: who it is, what was asked, and where it runs.
public struct RunDescription: Sendable {
  public var name: String?
  /// The run whose live model this one trains on.
  public var continues: Int64?
  /// The run that this one repeats, with changes or without.
  public var rerunOf: Int64?
  /// The script and the line (from 1) of its `train`; nil at the prompt.
  public var script: String?
  public var line: Int?
  public var seed: UInt64?
  /// Every setting by the name that a query calls it: `lr`, `batch`, `encoder`, `augment.crop`. Of two of one name the later
  /// counts.
  public var settings: [(name: String, value: SettingValue)] = []
  /// The loss, named `loss`, and the formulas that it reads.
  public var formulas: [FormulaRecord] = []
  /// All statements since `reset`, as typed, so that the run can be replayed.
  public var statements: [String] = []
  public var environment = RunEnvironment()
  public var metrics: [MetricDefinition] = []

  public init(name: String? = nil) { self.name = name }
}

/// The value of a setting. Numbers compare as numbers.
public enum SettingValue: Hashable, Sendable {
  case number(Double)
  case text(String)
  case flag(Bool)
}

/// A formula as the user typed it and as it was understood.
public struct FormulaRecord: Sendable {
  /// `loss`, or the name that a `let` gave it.
  public var name: String
  public var typed: String
  /// With every name of the user's own replaced by what it means.
  public var expanded: String
  /// What `contains` searches: the trees of both forms, of both formulas where a loss alternates.
  public var trees: [CanonicalTree]

  public init(name: String = "loss", typed: String, expanded: String, trees: [Expression]) {
    self.name = name
    self.typed = typed
    self.expanded = expanded
    self.trees = trees.map { CanonicalTree($0) }
  }
}

/// What a recorded metric is: its formula, the statistics it is taken under (`training`, `evaluation`) and how often (`step`,
/// `epoch`).
public struct MetricDefinition: Hashable, Sendable {
  public var name: String
  public var formula: String
  public var statistics: String?
  public var cadence: String?

  public init(name: String, formula: String, statistics: String? = nil, cadence: String? = nil) {
    self.name = name
    self.formula = formula
    self.statistics = statistics
    self.cadence = cadence
  }
}
