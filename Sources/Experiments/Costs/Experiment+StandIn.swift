import SourceText
import Syntax
import Tensors

extension Experiment {
  /// Something of the shape of a value of the views, all ones, for a check that must not take the time to compute it. nil where the expression
  /// names no view, or is more than one array.
  public func standIn(for expression: Expression, owner: String) throws(Diagnostic) -> Value? {
    let elaboration = stepElaboration(at: expression.span)
    let meaning = try elaboration.meaning(of: expression, owner: owner)
    guard elaboration.views != nil, case .array(_, let shape) = meaning else { return nil }
    if shape.rank == 0 { return .number(1) }
    return .tensor(Tensor(shape: shape.shape, values: Array(repeating: 1, count: shape.shape.count)), shape)
  }
}
