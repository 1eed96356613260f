import Graph
import SourceText
import Syntax
import Tensors

extension Elaboration {
  /// `NAME`: a binding, a definition of the user's, a name that Siam gives, a metric, or a module.
  func name(_ name: String, at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    if let bound = scope.bindings[name] { return bound }
    let definitions = surroundings.definitions
    if let constant = definitions.constants[name] {
      dependencies.add(name, .init(constant))
      if isInLoss, case .tensor(_, let shape) = constant.value, shape.hasBatch { warnOfOldBatch(constant, site) }
      return meaning(of: constant.value, identity: constant.identity)
    }
    if let formula = definitions.formulas[name] {
      dependencies.add(name, .formula(formula.expression.span.text))
      return try definition(name, formula.expression, owner: "let \(name)", in: scope, at: site)
    }
    dependencies.areMore = true
    if let builtIn = BuiltInName(name) { return try self.builtIn(builtIn, name, at: site, in: scope) }
    if MetricName(rawValue: name) != nil { return try metric(name, at: site) }
    if let fact = recordedFact(name) { return fact }
    return try moduleOrUnknown(name, at: site, in: scope)
  }

  private func builtIn(
    _ builtIn: BuiltInName, _ name: String, at site: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    switch builtIn {
    case .features(let view): return try batchOf(.feature, view, at: site, in: scope) { $0.features($1) }
    case .projections(let view): return try batchOf(.dim, view, at: site, in: scope) { $0.projections($1) }
    case .unitProjections(let view):
      return try batchOf(.dim, view, at: site, in: scope) { $0.projections($1).normalizedRows() }
    case .predictions(let view):
      try requirePredictor(name, at: site)
      return try batchOf(.dim, view, at: site, in: scope) { $0.predictions($1) }
    case .unitPredictions(let view):
      try requirePredictor(name, at: site)
      return try batchOf(.dim, view, at: site, in: scope) { $0.predictions($1)?.normalizedRows() }
    case .projectionCenter: return try centerOverViews("Za", "Zb", at: site, in: scope)
    case .predictionCenter:
      try requirePredictor(name, at: site)
      return try centerOverViews("Pa", "Pb", at: site, in: scope)
    case .residuals(let view):
      let unit = try self.name(view == 1 ? "Za" : "Zb", at: site, in: scope)
      return try subtract(unit, try self.name("oz", at: site, in: scope), at: site)
    case .negatives: return try negatives(at: site, in: scope)
    case .extraCenter: return try extraGradient(name, at: site, in: scope).center
    case .extraResidual: return try extraGradient(name, at: site, in: scope).residual
    case .teacherProjections(let view):
      try requireTeacher(name, at: site)
      return try batchOf(.dim, view, at: site, in: scope) { $0.teacherProjections($1) }
    case .unitTeacherProjections(let view):
      try requireTeacher(name, at: site)
      return try batchOf(.dim, view, at: site, in: scope) { $0.teacherProjections($1)?.normalizedRows() }
    case .queue:
      guard let rows = try requireViews().queue else {
        throw Diagnostic("`Q` is the queue of negatives, and there is none", at: site, hint: "`queue 4096` makes one")
      }
      return .array(rows, NamedShape([Axis(.named("queue"), rows.shape[0]), Axis(.dim, rows.shape[1])]))
    case .memories(let view):
      guard try requireViews().model.memory != nil else {
        throw Diagnostic("`\(name)` is of the images' memory, and there is none", at: site, hint: "`memory 0.8` makes one")
      }
      return try batchOf(.dim, view, at: site, in: scope) { $0.memories($1) }
    case .views:
      throw Diagnostic("`Z` needs a view's number", at: site, hint: "`Z[1]` is `Za`, `Z[2]` is `Zb`")
    case .loss: return try loss(at: site, in: scope)
    case .batchSize:
      if let sizes = surroundings.sizesWithoutData { return .number(Double(sizes.batch)) }
      return .number(Double(try requireViews().rows))
    case .dim:
      if let sizes = surroundings.sizesWithoutData { return .number(Double(sizes.dim)) }
      return .number(Double(try requireViews().model.dim))
    case .epochs: return .number(surroundings.epochs)
    case .profile: return .text(surroundings.profile)
    case .dataset:
      guard let dataset = surroundings.dataset else { throw Experiment.noData(at: site) }
      return .text(dataset)
    case .pi: return .number(.pi)
    case .yes: return .flag(true)
    case .no: return .flag(false)
    }
  }

  /// A batch of vectors of one view, the view exchanged inside `swap`.
  private func batchOf(
    _ axis: AxisName, _ view: Int, at site: SourceSpan, in scope: Scope, _ node: (ViewNodes, Int) -> Node?
  ) throws(Diagnostic) -> Meaning {
    let views = try requireViews()
    let actual = scope.isSwapped ? 3 - view : view
    guard actual <= views.viewCount, let node = node(views, actual) else {
      throw Diagnostic("there is only one view of each image", at: site, hint: "`views 2` makes two")
    }
    return .array(node, NamedShape([Axis(.batch, node.shape[0]), Axis(axis, node.shape[1])]))
  }

  /// `Z[i]`: the unit projections of view i. View numbers do not swap.
  func unitProjections(ofView view: Int, at site: SourceSpan) throws(Diagnostic) -> Meaning {
    let views = try requireViews()
    guard view >= 1, view <= views.viewCount else {
      throw Diagnostic(
        "there is no view \(view): an image has \(views.viewCount) views", at: site, hint: "`views \(max(view, 2))` makes more")
    }
    let node = views.projections(view).normalizedRows()
    return .array(node, NamedShape([Axis(.batch, node.shape[0]), Axis(.dim, node.shape[1])]))
  }

  private func requirePredictor(_ name: String, at site: SourceSpan) throws(Diagnostic) {
    guard try requireViews().model.predictor == nil else { return }
    throw Diagnostic(
      "`\(name)` is the output of the predictor, and there is none", at: site, hint: "`predictor fc D/4 + bn + relu + fc D` makes one")
  }

  private func requireTeacher(_ name: String, at site: SourceSpan) throws(Diagnostic) {
    guard try requireViews().model.teacher == nil else { return }
    throw Diagnostic("`\(name)` is the output of the teacher, and there is none", at: site, hint: "`teacher 0.99` makes one")
  }

  /// ½·(mean of the rows of view a + mean of those of view b), a vector of dim.
  private func centerOverViews(
    _ first: String, _ second: String, at site: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    // Views in their own order even inside `swap`, so that the center is one node and stays put.
    var plain = scope
    plain.isSwapped = false
    let a = try array(try name(first, at: site, in: plain), at: site)
    let b = try array(try name(second, at: site, in: plain), at: site)
    return .array((a.node.mean(axes: [0]) + b.node.mean(axes: [0])) * 0.5, a.shape.removing(0))
  }

  /// `Zn`: the rows of the other view in the order of a permutation without fixed point.
  private func negatives(at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    let other = try array(try name("Zb", at: site, in: scope), at: site)
    guard other.node.shape[0] > 1 else {
      throw Diagnostic("`Zn` is another image's row, and there is only one image", at: site)
    }
    let slot = permutation ?? InputSlot(name: "Zn", shape: [other.node.shape[0]])
    permutation = slot
    return .array(other.node.gatherRows(index: graph.input(slot)), other.shape)
  }

  private func extraGradient(
    _ name: String, at site: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> (center: Meaning, residual: Meaning) {
    guard surroundings.definitions.formulas["Ge"] != nil || surroundings.definitions.constants["Ge"] != nil else {
      throw Diagnostic(
        "`\(name)` is the \(name == "oe" ? "center" : "residual") of the extra gradient `Ge`, which is not defined", at: site,
        hint: "`let Ge = -Zn` defines it")
    }
    let extra = try array(try self.name("Ge", at: site, in: scope), at: site)
    guard extra.shape.rank == 2 else {
      throw Diagnostic("`Ge` is \(extra.shape): only a batch of vectors has a center", at: site)
    }
    let center = ArrayOperand(node: extra.node.mean(axes: [0]), shape: extra.shape.removing(0))
    return (center.meaning, try subtract(extra.meaning, center.meaning, at: site))
  }

  func subtract(_ left: Meaning, _ right: Meaning, at site: SourceSpan) throws(Diagnostic) -> Meaning {
    try elementwise(.subtract, left, right, leftSite: site, rightSite: site, operatorSite: site)
  }

  private func warnOfOldBatch(_ constant: Definitions.Constant, _ site: SourceSpan) {
    // `ans` does not know the formula that it came from.
    let formula = constant.source == constant.name ? "let x = …" : "let \(constant.name) = \(constant.source)"
    warnings.append(
      Diagnostic(
        .warning, "`\(constant.name)` is a value: it holds one old batch, which every step would meet again", at: site,
        hints: ["`\(formula)` is computed anew at every step"]))
  }

  private func moduleOrUnknown(_ name: String, at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    if moduleNames.contains(name) {
      let views = try requireViews()
      if let module = views.model.module(named: name) { return .module(module, isFrozen: false) }
    }
    if FormulaFunction.named(name) != nil {
      throw Diagnostic("`\(name)` is a function", at: site, hint: "`\(FormulaFunction.named(name)?.signature ?? name)`")
    }
    throw unknown(name, at: site, in: scope)
  }

  /// The names that can be called as modules: those of the statements so far.
  var moduleNames: [String] { surroundings.definitions.moduleNames + [Model.projectorName, Model.encoderName] }

  private func unknown(_ name: String, at site: SourceSpan, in scope: Scope) -> Diagnostic {
    let isPlain = views?.model.carried.isEmpty ?? true
    var candidates = Array(scope.bindings.keys) + surroundings.definitions.names + (isPlain ? BuiltInName.usualNames : BuiltInName.names)
    candidates += MetricName.allCases.map(\.rawValue) + moduleNames
    if !Self.recordedFacts.contains(name), let close = NearestNames.question(for: name, among: candidates) {
      return Diagnostic("there is no `\(name)`", at: site, hint: close)
    }
    if name == "Ge" {
      return Diagnostic("the extra gradient `Ge` is not defined", at: site, hint: "`let Ge = -Zn` defines it")
    }
    if let close = NearestNames.question(for: name, among: FormulaFunction.names) {
      return Diagnostic("there is no `\(name)`", at: site, hint: close)
    }
    if Self.recordedFacts.contains(name) {
      return Diagnostic("there is no `\(name)` yet", at: site, hint: "it is what the latest run of this session recorded; `train` makes one")
    }
    let short = name.shortened
    let own = (Array(scope.bindings.keys) + surroundings.definitions.names).filter { $0 != "ans" }.sorted()
    let known = own.isEmpty ? [] : ["defined here: \(own.prefix(8).map { "`\($0.shortened)`" }.joined(separator: ", "))\(own.count > 8 ? ", …" : "")"]
    return Diagnostic(
      .error, "there is no `\(short)`", at: site,
      hints: ["`let \(short) = …` or `for \(short) in […]` defines it; `show` lists what there is"] + known)
  }
}
