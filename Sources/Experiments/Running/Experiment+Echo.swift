import Graph
import SourceText
import Syntax

/// What the prompt answers to `loss …`.
public struct LossEcho {
  public let text: String
  public let warnings: [Diagnostic]
}

extension Experiment {
  /// The loss as it will be trained, its gradient in words, where the gradient goes and where it is stopped. The first line can be typed again.
  public func lossEcho() throws(Diagnostic) -> LossEcho {
    guard let loss = definitions.loss else { return LossEcho(text: "there is no loss", warnings: []) }
    var lines: [String] = []
    var warnings: [Diagnostic] = []
    for index in loss.expressions.indices {
      let reading = try reading(of: loss, index)
      lines.append(try formulaLine(loss, index, reading.elaboration))
      lines += reading.lines
      for warning in reading.elaboration.warnings where !warnings.contains(warning) { warnings.append(warning) }
    }
    return LossEcho(text: lines.joined(separator: "\n"), warnings: warnings)
  }

  /// What would be wrong with the loss, without working out its gradient: for a check.
  public func lossWarnings() throws(Diagnostic) -> [Diagnostic] {
    guard let loss = definitions.loss else { return [] }
    var warnings: [Diagnostic] = []
    for index in loss.expressions.indices {
      let site = loss.expressions[index].span
      _ = try requireModel(at: site)
      let elaboration = stepElaboration(at: site)
      _ = try elaboration.trainingLoss(Definitions.Loss(mode: loss.mode, expressions: [loss.expressions[index]]), 0)
      _ = try formulaLine(loss, index, elaboration)
      for warning in elaboration.warnings where !warnings.contains(warning) { warnings.append(warning) }
    }
    return warnings
  }

  private func formulaLine(_ loss: Definitions.Loss, _ index: Int, _ elaboration: Elaboration) throws(Diagnostic) -> String {
    let expression = loss.expressions[index]
    let whole = try definitions.expanded(expression).source
    guard try elaboration.isSymmetrised(loss, expression) else { return "loss = \(whole)" }
    return "loss = (\(whole))/2 + swap(\(whole))/2"
  }

  private struct LossReading {
    let elaboration: Elaboration
    let lines: [String]
  }

  private func reading(of loss: Definitions.Loss, _ index: Int) throws(Diagnostic) -> LossReading {
    let site = loss.expressions[index].span
    let single = Definitions.Loss(mode: loss.mode, expressions: [loss.expressions[index]])
    let model = try requireModel(at: site)
    let elaboration = stepElaboration(at: site)
    let node = try elaboration.trainingLoss(single, 0)
    let graph = elaboration.graph
    let reached = model.modules.filter { module in
      let gradients = graph.gradients(of: node, withRespectTo: module.parameters.map { graph.variable($0) })
      return gradients.contains { $0 != nil }
    }.map(\.name)
    let ancestors = Set(node.ancestors)
    var stops: [String] = []
    for stop in elaboration.stops where ancestors.contains(stop.node) && !stops.contains(stop.text) { stops.append(stop.text) }
    var facts = reached.isEmpty ? ["gradient reaches: nothing"] : ["gradient reaches: \(reached.joined(separator: ", "))"]
    if !stops.isEmpty { facts.append("stopped at: \(stops.joined(separator: ", "))") }
    if let gradient = try gradientText(single, at: site) { facts.insert(gradient, at: 0) }
    return LossReading(elaboration: elaboration, lines: ["  " + facts.joined(separator: "     ")])
  }

  /// `-∂loss/∂Za ∝ Zb + oe`; on `Pa` where the gradient meets that first.
  private func gradientText(_ loss: Definitions.Loss, at site: SourceSpan) throws(Diagnostic) -> String? {
    for target in ["Pa", "Za"] {
      let reading = try GradientReading(loss, self, target, at: site)
      if let text = reading.text { return "-∂loss/∂\(target) ∝ \(text)" }
    }
    return nil
  }

  /// Reads formulas as a training step would, for their meaning alone: nothing is filled in or computed. The model is asked for at the first
  /// name that needs it.
  func stepElaboration(at site: SourceSpan?) -> Elaboration {
    Elaboration(
      surroundings { [self] graph throws(Diagnostic) in
        let model = try requireModel(at: site)
        return StepInputs(model: model, settings: settings).views(graph, model)
      })
  }

  /// The shape of a formula's value, without computing it: `batch × dim`.
  public func shapeText(of expression: Expression, owner: String) throws(Diagnostic) -> String {
    switch try elaborated(expression, owner: owner).meaning {
    case .array(_, let shape): return shape.briefDescription
    case let meaning: return meaning.kindText
    }
  }

  /// The shape as an array: numbers are scalars, lists of numbers tensors.
  func namedShape(of expression: Expression, owner: String) throws(Diagnostic) -> NamedShape {
    let (elaboration, meaning) = try elaborated(expression, owner: owner)
    return try elaboration.array(meaning, at: expression.span).shape
  }

  private func elaborated(
    _ expression: Expression, owner: String
  ) throws(Diagnostic) -> (elaboration: Elaboration, meaning: Meaning) {
    let elaboration = stepElaboration(at: expression.span)
    return (elaboration, try elaboration.meaning(of: expression, owner: owner))
  }

  /// Names in a formula, or in those that it reads, that mean nothing yet: `for` or `against` may bind them.
  public func freeNames(of expression: Expression) -> [String] {
    let known = Set(definitions.names + BuiltInName.names + MetricName.allCases.map(\.rawValue) + definitions.moduleNames)
    let axes: Set<String> = ["batch", "dim", "feature"]
    var names = expression.mentionedNames
    var next = 0
    while next < names.count {
      let inner = definitions.formulas[names[next]]?.expression.mentionedNames ?? []
      names += inner.filter { !names.contains($0) }
      next += 1
    }
    return names.filter { !known.contains($0) && !axes.contains($0) && recorded($0) == nil }
  }

  /// Looks for what a formula calls or reads that means nothing. What can be said of names alone needs no data, and is said at once.
  ///
  /// - Parameter leavesNamesFree: a `let` may, for `for` or `against` to bind them; what it calls is called in any case.
  /// - throws: what the elaboration would say of the first such name.
  public func checkNames(of expression: Expression, leavesNamesFree: Bool = false) throws(Diagnostic) {
    let calls = Set(expression.calledNames.filter { FormulaFunction.named($0) == nil && !isKnown($0) })
    let names = leavesNamesFree ? [] : Set(freeNames(of: expression)).intersection(expression.mentionedNames)
    guard !calls.isEmpty || !names.isEmpty else { return }
    var unknown: Expression?
    expression.walk { part in
      if unknown != nil { return }
      switch part.kind {
      case .name(let name) where names.contains(name): unknown = part
      case .call(let callee, _): if case .name(let name) = callee.kind, calls.contains(name) { unknown = part }
      default: break
      }
    }
    if let unknown { _ = try elaborated(unknown, owner: "formula") }
  }

  private func isKnown(_ name: String) -> Bool {
    BuiltInName(name) != nil || moduleNames.contains(name) || definitions.names.contains(name)
  }

  private func recorded(_ name: String) -> Value? { runs?.run(named: "")?.fact(name) }

  /// What formulas can call as modules.
  public var moduleNames: [String] { [Model.encoderName, Model.projectorName] + definitions.moduleNames }

  /// The shape of what a name stands for here; nil where it stands for nothing yet.
  public func shapeText(ofName name: String, at site: SourceSpan) -> String? {
    let elaboration = stepElaboration(at: site)
    let expression = Expression(.name(name), span: site)
    guard case .array(_, let shape)? = try? elaboration.meaning(of: expression, owner: "help") else { return nil }
    return shape.description
  }

  /// What a name is, for `show`: definition, shape, and for the names that Siam gives their meaning.
  public func description(of name: String, at site: SourceSpan) throws(Diagnostic) -> String {
    if let formula = definitions.formulas[name] {
      let shape = freeNames(of: formula.expression).isEmpty ? (try? shapeText(of: formula.expression, owner: "let \(name)")) : nil
      return "let \(name) = \(formula.expression.source)" + (shape.map { "\n  \(name) : \($0)" } ?? "")
    }
    if let constant = definitions.constants[name] { return "val \(name) = \(constant.value.text)" }
    if let summary = BuiltInName.summary(of: name) { return "\(name): \(summary)" }
    if let metric = MetricName(rawValue: name) { return "\(name): \(metric.summary)" }
    if let function = FormulaFunction.named(name) { return "\(function.signature): \(function.summary)" }
    if moduleNames.contains(name) {
      let model = try requireModel(at: site)
      guard let module = model.module(named: name) else { return "\(name): none" }
      return "\(name): \(module.inputShape) → \(module.outputWidth), \(module.parameterCount) parameters"
    }
    let candidates = definitions.names + BuiltInName.usualNames + FormulaFunction.names + definitions.moduleNames
    throw Diagnostic("there is no `\(name)`", at: site, hint: NearestNames.question(for: name, among: candidates))
  }
}
