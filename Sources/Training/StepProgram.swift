import Graph

/// One training step as a compiled program: what to fill in, and which outputs are the loss, the gradients and the metrics.
///
/// The running statistics are among the program's own updates; parameters are not, they are stepped by the `Trainer`.
public struct StepProgram {
  public let program: Program
  /// One slot a view, [M, C, H, W].
  public let images: [InputSlot]
  /// One-hot labels [M, classes], for the online probe.
  public let labels: InputSlot?
  /// The permutation behind `Zn`, [M] row numbers: no row is its own.
  public let permutation: InputSlot?
  /// The output that is the user's loss, a scalar.
  public let loss: Int
  /// ∂loss/∂parameter for every parameter that the loss (or the probe's) reaches. The others are left alone.
  public let gradients: [(variable: Variable, output: Int)]
  /// Scalars, recorded every step.
  public let metrics: [(name: String, output: Int)]
  /// What collapse is judged on: Z, and P beside it where the loss is on P.
  public let spaces: [JudgedSpace]
  /// What is carried from step to step, with the output that each keeps after a step.
  public let carried: [(state: any CarriedState, output: Int?)]
  /// Rows [M, D] whose effective rank is taken at the end of every epoch.
  public let embeddings: Int?

  public init(
    program: Program, images: [InputSlot], labels: InputSlot? = nil, permutation: InputSlot? = nil, loss: Int,
    gradients: [(variable: Variable, output: Int)], metrics: [(name: String, output: Int)], spaces: [JudgedSpace] = [],
    carried: [(state: any CarriedState, output: Int?)] = [], embeddings: Int? = nil
  ) {
    self.program = program
    self.images = images
    self.labels = labels
    self.permutation = permutation
    self.loss = loss
    self.gradients = gradients
    self.metrics = metrics
    self.spaces = spaces
    self.carried = carried
    self.embeddings = embeddings
  }
}

/// A space of unit rows that the verdict looks at, and the outputs of a step that hold its metrics (see `RowMetrics`).
public struct JudgedSpace: Hashable, Sendable {
  /// `Z` or `P`.
  public let name: String
  /// D.
  public let dimension: Int
  /// Names among the step's metrics.
  public let std: String
  public let mo: String
  public let mr: String
  public let mrMean: String

  /// The space whose metrics `RowMetrics` made with `suffix`.
  public init(name: String, dimension: Int, suffix: String = "") {
    self.name = name
    self.dimension = dimension
    std = "std" + suffix
    mo = "mo" + suffix
    mr = "mr" + suffix
    mrMean = "mr_mean" + suffix
  }
}
