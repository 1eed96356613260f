import Datasets
import SourceText
import Syntax
import Tensors

extension Experiment {
  /// Something of the shape of a value of the views, all ones, for a check that must not take the time to compute it. nil where the expression
  /// names no view: that is computed as it is.
  public func standIn(for expression: Expression, owner: String, on sample: Sample? = nil) throws(Diagnostic) -> Value? {
    let split: KeyPath<ImageDataset, ImageSplit>? =
      switch sample?.kind {
      case .train: \.train
      case .test: \.test
      case .batches, nil: nil
      }
    if recalculations.has([expression], owner, definitions) { return nil }
    let elaboration = split.map { splitElaboration($0, at: sample?.span) } ?? stepElaboration(at: expression.span)
    let meaning = try elaboration.meaning(of: expression, owner: owner)
    guard let views = elaboration.views else { return nil }
    if case .batches(let count) = sample?.kind, try batchCount(count) > 1 { try requireMeanOverBatches(meaning, expression) }
    if let split, views.usesMemory { try requireMemoryHas(split, at: sample?.span) }
    elaboration.readout.collect(meaning)
    let shapes = elaboration.readout.nodes.map(\.shape)
    try requireRoom(for: shapes, at: expression.span)
    var reader = Readout.Reader { Tensor(shape: shapes[$0], values: Array(repeating: 1, count: shapes[$0].count)) }
    return try reader.value(meaning, at: expression.span)
  }
}
