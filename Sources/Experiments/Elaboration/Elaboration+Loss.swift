import Graph
import SourceText
import Syntax
import Tensors

extension Elaboration {
  /// `loss` inside a formula: the training loss, symmetrised unless it was given as one-sided; of an alternating loss the first.
  func loss(at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    guard let loss = surroundings.definitions.loss else {
      throw Diagnostic("there is no loss yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
    }
    return .array(try trainingLoss(loss, 0, in: scope), .scalar)
  }

  /// The scalar that a step descends: ½·E + ½·swap(E), or E itself where the loss is one-sided.
  public func trainingLoss(_ loss: Definitions.Loss, _ index: Int) throws(Diagnostic) -> Node {
    isInLoss = true
    defer { isInLoss = false }
    let expression = loss.expressions[index]
    return try trainingLoss(loss, index, in: Scope(owner: .init(name: "loss", expression: expression)))
  }

  private func trainingLoss(_ loss: Definitions.Loss, _ index: Int, in scope: Scope) throws(Diagnostic) -> Node {
    let expression = loss.expressions[index]
    var plain = scope
    plain.isSwapped = false
    let node = try side(expression, in: plain)
    guard try isSymmetrised(loss, expression) else { return node }
    plain.isSwapped = true
    let swapped = try side(expression, in: plain)
    return node == swapped ? node : node * 0.5 + swapped * 0.5
  }

  private func side(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Node {
    let meaning = try definition("loss", expression, owner: "loss", in: scope, at: expression.span)
    let operand = try array(meaning, at: expression.span)
    guard operand.shape.rank == 0 else {
      throw Diagnostic(
        "a loss is one number, and `\(expression.span.text.shortened)` is \(operand.shape)", at: expression.span,
        hint: "`x . y` and `mean(…)` average over the batch")
    }
    return operand.node
  }

  /// View numbers do not swap, so a loss that uses them is one-sided; mixing both ways of naming views is an error.
  func isSymmetrised(_ loss: Definitions.Loss, _ expression: Expression) throws(Diagnostic) -> Bool {
    let mentioned = allNames(in: expression)
    guard mentioned.contains("Z") else { return loss.mode != .onesided }
    if let letter = mentioned.sorted().first(where: { BuiltInName($0)?.view != nil }) {
      throw Diagnostic(
        "`Z[i]` and `\(letter)` name views in two ways in one loss", at: expression.span, hint: "`Z[1]` is `Za`, `Z[2]` is `Zb`")
    }
    return false
  }

  /// The names that an expression mentions, through definitions.
  func allNames(in expression: Expression) -> Set<String> {
    var found = expression.everyName
    var rest = Array(found)
    while let name = rest.popLast() {
      var inner = surroundings.definitions.formulas[name]?.expression.everyName ?? []
      if name == "oe" || name == "re" { inner.insert("Ge") }
      rest += inner.subtracting(found)
      found.formUnion(inner)
    }
    return found
  }
}

extension BuiltInName {
  /// The view that a letter names.
  var view: Int? {
    switch self {
    case .features(let view), .projections(let view), .unitProjections(let view), .predictions(let view),
      .unitPredictions(let view), .residuals(let view), .teacherProjections(let view), .unitTeacherProjections(let view),
      .memories(let view):
      view
    default: nil
    }
  }
}
