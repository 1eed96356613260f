import Experiments
import RunHistory
import SourceText
import Syntax

/// The statements of a recorded run with changes in them: of a value that a `val` or `let` named, or of a setting by the name that `history N` shows.
struct RerunPlan {
  /// What sets the experiment up, and trains the runs that the run goes on from.
  private(set) var preparation: [Statement]
  /// The `train` of the run itself.
  private(set) var training: Statement
  /// The runs that the run goes on from, oldest first: they are made again with it.
  let predecessors: [RunRecord]
  private let run: RunRecord
  private let site: SourceSpan

  init(_ run: RunRecord, _ history: RunHistory, at site: SourceSpan) throws(StatementFailure) {
    self.run = run
    self.site = site
    let replay = try RunReplay(run, history, at: site, fromCheckpoint: false)
    predecessors = replay.predecessors
    var statements = replay.wholeStatements
    // A replay without a training at its end is refused.
    training = statements.removeLast()
    preparation = statements
  }

  // MARK: Changes

  mutating func change(_ name: Binder, to value: Expression) throws(StatementFailure) {
    if try changeBinding(name, to: value) { return }
    if try changeLength(name, to: value) { return }
    guard let target = SettingTarget(name.name, of: run) else { throw .wrong(unknown(name)) }
    guard let option = target.option else { return try put(statement(target, whole: value), for: target) }
    var arguments = target.words.map { Argument(.word($0), span: value.span) }
    if let place = preparation.lastIndex(where: target.isSet), case .command(let words) = preparation[place].kind { arguments = words }
    arguments.removeAll { if case .option(let key, _) = $0.kind { key.name == option } else { false } }
    arguments.append(Argument(.option(Binder(option, name.span), value), span: value.span))
    try put(parsed(Self.command(target.keyword, arguments, at: value.span), at: value.span), for: target)
  }

  /// What a name of the run's record stood for: what its `val` or `let` bound last, else a setting that is a number.
  func recordedMeaning(of name: String) -> Expression? {
    for statement in preparation.reversed() {
      switch statement.kind {
      case .valBinding(let bound, let value, _) where bound.name == name: return value
      case .letBinding(let bound, let value) where bound.name == name: return value
      default: continue
      }
    }
    guard case .number(let number)? = run.settings[name] else { return nil }
    return try? Parser.expression(of: SourceFile(name: "<run \(run.id)>", text: Value.number(number).literal ?? ""))
  }

  /// Calls the run otherwise than the one that it repeats.
  mutating func name(_ title: Expression) {
    guard case .train(let isFresh, let amount, let unit, _) = training.kind else { return }
    training = Statement(.train(fresh: isFresh, amount: amount, unit: unit, name: title), keyword: training.keyword, span: training.span)
  }

  /// All statements that bind the name: a loop's record binds its variable once for each item, the last of which counts.
  private mutating func changeBinding(_ name: Binder, to value: Expression) throws(StatementFailure) -> Bool {
    let places = preparation.indices.filter { preparation[$0].boundName == name.name }
    for place in places { preparation[place] = try parsed("\(preparation[place].keyword.name) \(name.name) = \(value.source)", at: value.span) }
    return !places.isEmpty
  }

  /// `epochs` and `steps` of a `train` that says how long it is; what a formula makes of `epochs` follows from the setting.
  private mutating func changeLength(_ name: Binder, to value: Expression) throws(StatementFailure) -> Bool {
    guard case .train(let isFresh, let amount, _, let title) = training.kind else { return false }
    let followsSetting = amount?.mentionedNames.contains("epochs") ?? true
    let unit: Statement.TrainingUnit
    switch name.name {
    case "steps": unit = .steps
    case "epochs" where !followsSetting: unit = .epochs
    default: return false
    }
    training = Statement(.train(fresh: isFresh, amount: value, unit: unit, name: title), keyword: training.keyword, span: training.span)
    return true
  }

  /// Where the setting was set last, else before anything is trained; a profile before everything, as it sets everything.
  private mutating func put(_ statement: Statement, for target: SettingTarget) {
    if let place = preparation.lastIndex(where: target.isSet) {
      preparation[place] = statement
    } else if target.keyword == UseStatement.declaration.keyword {
      preparation.insert(statement, at: 0)
    } else {
      preparation.insert(statement, at: preparation.firstIndex { $0.isTraining } ?? preparation.endIndex)
    }
  }

  /// `batch 64`, `encoder mlp 64 64`, `loss -Za . sg(Zb)`: what stands in quotes is meant without them.
  private func statement(_ target: SettingTarget, whole value: Expression) throws(StatementFailure) -> Statement {
    let text: String
    switch value.kind {
    case .string(let quoted): text = "\(target.keyword) \(quoted)"
    // What is on or off may be said as what is true or false.
    case .name("true") where target.keyword == ProbeStatement.declaration.keyword: text = "\(target.keyword) on"
    case .name("false") where target.keyword == ProbeStatement.declaration.keyword: text = "\(target.keyword) off"
    case .name(let word): text = "\(target.keyword) \(word)"
    default:
      text =
        target.keyword == LossStatement.declaration.keyword
        ? "\(target.keyword) \(value.source)" : Self.command(target.keyword, [Argument(.value(value), span: value.span)], at: value.span)
    }
    return try keepingOptions(of: target, parsed(text, at: value.span), at: value.span)
  }

  /// `profile=paper` changes the profile, not the `dim=16` that stood behind it; `data` likewise.
  private func keepingOptions(of target: SettingTarget, _ statement: Statement, at span: SourceSpan) throws(StatementFailure) -> Statement {
    guard [UseStatement.declaration.keyword, DataStatement.declaration.keyword].contains(target.keyword),
      case .command(let new) = statement.kind, let place = preparation.lastIndex(where: target.isSet),
      case .command(let old) = preparation[place].kind
    else { return statement }
    func key(_ argument: Argument) -> String? { if case .option(let name, _) = argument.kind { name.name } else { nil } }
    let given = Set(new.compactMap(key))
    return try parsed(Self.command(target.keyword, new + old.filter { key($0).map { !given.contains($0) } ?? false }, at: span), at: span)
  }

  private static func command(_ keyword: String, _ arguments: [Argument], at span: SourceSpan) -> String {
    Statement(.command(arguments), keyword: Binder(keyword, span), span: span).source
  }

  /// - Throws: at the user's value what makes no statement of it.
  private func parsed(_ text: String, at value: SourceSpan) throws(StatementFailure) -> Statement {
    let file = SourceFile(name: "<rerun \(run.id)>", text: text)
    do throws(Diagnostic) {
      let statements = try Parser.statements(of: file, mode: .script)
      guard statements.count == 1 else { throw Diagnostic("`\(value.text.shortened)` is more than a value", at: value) }
      return statements[0]
    } catch {
      throw .wrong(Diagnostic(error.message, at: value, hint: "`\(text.shortened)` was tried"))
    }
  }

  /// What its `val`s and `let`s named, and its settings.
  var changeableNames: [String] {
    preparation.compactMap(\.boundName) + run.settings.keys.sorted().filter { SettingTarget($0, of: run) != nil } + SettingTarget.others
  }

  private func unknown(_ name: Binder) -> Diagnostic {
    let hint = NearestNames.question(for: name.name, among: changeableNames) ?? "`history \(run.id)` shows its settings and its statements"
    if run.settings[name.name] != nil {
      return Diagnostic("`\(name.name)` follows from other settings, and cannot be changed by itself", at: name.span, hint: hint)
    }
    return Diagnostic("run \(run.id) has no value and no setting `\(name.name.shortened)`", at: name.span, hint: hint)
  }
}

/// The statement that a setting of the record comes from.
private struct SettingTarget {
  let keyword: String
  /// The words between the keyword and the option.
  var words: [String] = []
  /// nil: the setting is what stands behind the keyword.
  var option: String?

  /// Names of settings that a run may have without a row of that name.
  static let others = ["loss", "seed", "steps"]

  init?(_ setting: String, of run: RunRecord) {
    func text(_ name: String) -> String? { if case .text(let text)? = run.settings[name] { text } else { nil } }
    let parts = setting.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch setting {
    case "loss", "batch", "seed", "views", "teacher", "queue", "memory", "encoder", "projector", "predictor", "schedule", "data",
      "probe":
      self.init(keyword: setting)
    case "profile": self.init(keyword: "use")
    case "lr", "momentum", "decay": self.init(keyword: "optimizer", words: ["sgd"], option: setting)
    case "epochs", "D": self.init(keyword: "use", words: [text("profile") ?? "quick"], option: setting == "D" ? "dim" : setting)
    case "warmup": self.init(keyword: "schedule", words: ["cosine"], option: setting)
    case "encoder_width", "encoder_winograd":
      self.init(keyword: "encoder", words: [text("encoder") ?? "convnet"], option: String(setting.dropFirst("encoder_".count)))
    case "augment.crop", "augment.flip", "augment.jitter", "augment.jitter_p", "augment.gray", "augment.blur":
      self.init(keyword: "augment", option: parts[1])
    case "data.train", "data.test", "data.classes", "data.size": self.init(keyword: "data", words: [text("data") ?? "cifar10"], option: parts[1])
    case "threshold.full", "threshold.partial": self.init(keyword: "threshold", option: parts[1])
    default:
      guard parts.count == 2, parts[0] == "rate", !parts[1].isEmpty else { return nil }
      self.init(keyword: "rate", words: [parts[1]], option: "lr")
    }
  }

  private init(keyword: String, words: [String] = [], option: String? = nil) {
    (self.keyword, self.words, self.option) = (keyword, words, option)
  }

  /// A module's rate is set by the statement that names it.
  func isSet(by statement: Statement) -> Bool {
    guard statement.keyword.name == keyword else { return false }
    guard keyword == "rate" else { return true }
    guard case .command(let arguments) = statement.kind, case .word(let module)? = arguments.first?.kind else { return false }
    return module == words.first
  }
}

extension Statement {
  /// What a `val` or `let` names.
  var boundName: String? {
    switch kind {
    case .valBinding(let name, _, _), .letBinding(let name, _): name.name
    default: nil
    }
  }
}
