import Experiments

/// What a session knows while it only checks: names and shapes are looked at, nothing is trained or written.
struct Checking {
  enum Purpose {
    /// To say what every `train` would cost.
    case costs
    /// To prepare the first `train`, which is then timed.
    case benchmark
    /// To find the points of a script that are to be run elsewhere, each with a history of its own.
    case tasks
  }

  let purpose: Purpose
  /// What has been found to be trained.
  var report = CheckReport()
  /// What the script would have to be allowed.
  var neededPermissions: [String] = []
  /// The points of the parallel loops that were met: `tau = 0.1`.
  var points: [String] = []
  /// A point of a parallel loop is being checked: loops inside it make no points of the script.
  var isInPoint = false
  /// The `train` that a benchmark has met.
  var benchmarked: PreparedTraining?
  /// Made before anything is loaded.
  let estimator: CostEstimator
  /// What was known of the machine when the check began; nil: it is measured.
  let knownMachine: MachineFile.Entry?

  mutating func note(_ permissions: [String]) {
    for option in permissions where !neededPermissions.contains(option) { neededPermissions.append(option) }
  }

  init(for purpose: Purpose, machineFile: MachineFile? = nil) {
    self.purpose = purpose
    let known = machineFile?.figures()
    knownMachine = known
    estimator = CostEstimator(residentBytes: ResidentMemory.bytes, knownMachine: known?.figures)
  }
}
