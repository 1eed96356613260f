import Experiments
import Networks
import SourceText
import Syntax
import Training

/// `optimizer sgd lr=0.5 momentum=0.9 decay=1e-5`
enum OptimizerStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "optimizer", signature: "optimizer sgd [lr=R] [momentum=M] [decay=W]",
    summary: "SGD; lr is the base rate, scaled by batch/256", examples: ["optimizer sgd lr=0.5 momentum=0.9 decay=1e-5"],
    options: [.init("lr", summary: "base learning rate"), .init("momentum"), .init("decay", summary: "weight decay")],
    arguments: [[.words(["sgd"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    _ = try arguments.word(of: ["sgd"], what: "optimizer")
    try arguments.end()
    let rate = try arguments.number(option: "lr", in: 0...1e6)
    let momentum = try arguments.number(option: "momentum", in: 0...1)
    let decay = try arguments.number(option: "decay", in: 0...1e6)
    session.experiment.set { settings in
      settings.rate = rate ?? settings.rate
      settings.momentum = momentum ?? settings.momentum
      settings.decay = decay ?? settings.decay
    }
  }
}

/// `schedule cosine warmup=10`, `schedule constant`
enum ScheduleStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "schedule", signature: "schedule cosine [warmup=EPOCHS] · schedule constant",
    summary: "how the rate changes over one train", examples: ["schedule cosine warmup=10", "schedule constant"],
    options: [.init("warmup", summary: "epochs of linear warm-up")], arguments: [[.words(["cosine", "constant"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let name = try arguments.word(of: ["cosine", "constant"], what: "schedule")
    try arguments.end()
    let warmup = try arguments.number(option: "warmup", in: 0...1e6)
    if name == "constant", let expression = arguments.expression("warmup") {
      throw .wrong(Diagnostic("a constant rate has no warm-up", at: expression.span, hint: "`schedule cosine warmup=…`"))
    }
    session.experiment.set { settings in
      let before: Double = if case .cosine(let epochs) = settings.schedule { epochs } else { 0 }
      settings.schedule = name == "constant" ? .constant : .cosine(warmupEpochs: warmup ?? before)
    }
  }
}

/// `batch 256`
enum BatchStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "batch", signature: "batch N", summary: "images in a batch (M)", examples: ["batch 256"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let batch = try arguments.integer("batch size", in: 2...1_048_576)
    try arguments.end()
    session.experiment.set { $0.batch = batch }
  }
}

/// `seed 0`
enum SeedStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "seed", signature: "seed N", summary: "the seed of weights, order, augmentation and draws; read at the next reset",
    examples: ["seed 1"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let seed = try arguments.integer("seed", in: 0...(1 << 53))
    try arguments.end()
    session.experiment.set { $0.seed = UInt64(seed) }
    if session.experiment.position > 0 {
      session.note("seed \(seed) begins at the next `reset` or `train fresh`")
    }
  }
}

/// `rate h constant`, `rate encoder lr=0.1`, `rate h lr=0`
enum RateStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "rate", signature: "rate MODULE [constant] [lr=R] · rate MODULE scheduled",
    summary: "a module's own learning rate; 0 freezes it", examples: ["rate h constant", "rate encoder lr=0.1", "rate h lr=0"],
    options: [.init("lr", summary: "base rate of this module")], arguments: [[.modules], [.words(["constant", "scheduled"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let names = [Model.encoderName, Model.projectorName] + session.experiment.definitions.moduleNames
    let module = try arguments.word(of: names, what: "module")
    let isConstant = arguments.take("constant")
    let isScheduled = arguments.take("scheduled")
    try arguments.end()
    let rate = try arguments.number(option: "lr", in: 0...1e6)
    guard isConstant || isScheduled || rate != nil else {
      throw .wrong(Diagnostic("`rate \(module)` needs a rate", at: statement.span, hint: declaration.signature))
    }
    // A rate alone leaves the schedule as it was.
    let follows = isScheduled || (!isConstant && session.experiment.settings.moduleRates[module]?.followsSchedule ?? true)
    session.experiment.set { $0.moduleRates[module] = ModuleRate(base: rate, followsSchedule: follows) }
  }
}

/// `use quick`, `use paper epochs=200`
enum UseStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "use", signature: "use PROFILE [epochs=N] [dim=D]", summary: "take a profile's settings: quick, paper",
    examples: ["use quick", "use quick epochs=3"],
    options: [.init("epochs", summary: "epochs of a bare `train`"), .init("dim", summary: "D, the length of a projection")],
    arguments: [[.words(Profile.allCases.map(\.rawValue))]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let names = Profile.allCases.map(\.rawValue)
    let name = try arguments.word(of: names, what: "profile")
    try arguments.end()
    let epochs = try arguments.number(option: "epochs", in: 0...1e9)
    let dim = try arguments.integer(option: "dim", in: 1...65_536)
    // `--profile paper` is what `use quick` then means, so that one file runs both settings.
    guard let profile = Profile(rawValue: name == "quick" ? session.options.profileOverride ?? name : name) else { return }
    session.experiment.set { settings in
      settings.use(profile)
      settings.epochs = epochs ?? settings.epochs
      settings.dim = dim ?? settings.dim
    }
    let own = [epochs.map { "epochs=\(Value.number($0).text)" }, dim.map { "dim=\($0)" }].compactMap { $0 }.joined(separator: " ")
    session.note("\(profile.rawValue): \(profile.summary)" + (own.isEmpty ? "" : "; here \(own)"))
  }
}

/// `probe off`, `probe on`
enum ProbeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "probe", signature: "probe on|off", summary: "the online linear probe (A.1), which gives top1", examples: ["probe off"],
    arguments: [[.words(["on", "off"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let isOn = try arguments.word(of: ["on", "off"], what: "choice") == "on"
    try arguments.end()
    session.experiment.set { $0.isProbeOn = isOn }
  }
}

/// `threshold full=0.2 partial=0.5`
enum ThresholdStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "threshold", signature: "threshold [full=X] [partial=X] [fall=X] [rank=X]", summary: "the numbers that a verdict is judged by",
    examples: ["threshold full=0.1"],
    options: [
      .init("full", summary: "full collapse when mr or std·√D is under it"), .init("partial", summary: "partial collapse when mr is under it"),
      .init("fall", summary: "mr still falls when it lost more than this share"), .init("rank", summary: "warn under this effective rank")
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let arguments = try StatementArguments(statement, declaration, in: session)
    try arguments.end()
    var thresholds = session.experiment.thresholds
    thresholds.full = try arguments.number(option: "full", in: 0...1) ?? thresholds.full
    thresholds.partial = try arguments.number(option: "partial", in: 0...1) ?? thresholds.partial
    thresholds.fall = try arguments.number(option: "fall", in: 0...1) ?? thresholds.fall
    thresholds.rank = try arguments.number(option: "rank", in: 0...1e6) ?? thresholds.rank
    session.experiment.thresholds = thresholds
  }
}
