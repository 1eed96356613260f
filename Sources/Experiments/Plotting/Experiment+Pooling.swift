import Datasets
import SourceText
import Syntax
import Tensors

/// The values of an expression on a sample, its rows one under the other, and which image's each row is.
public struct PooledValues {
  /// Of all rows.
  public let shape: NamedShape
  public let values: [Double]
  /// [rows]: the classes of the images; nil where the rows are no images.
  public let labels: [Int32]?
  public let warnings: [Diagnostic]
}

extension Experiment {
  /// Values as they are, where `evaluate` would average them: `on 20 batches` the rows of all of them.
  ///
  /// - throws: a diagnostic where the expression is no array.
  public func pooled(_ expression: Expression, owner: String, on sample: Sample?) throws(Diagnostic) -> PooledValues {
    let shape = try namedShape(of: expression, owner: owner)
    let isOfImages = shape.axes.first?.name == .batch
    guard case .batches(let number)? = sample?.kind, shape.hasBatch else {
      let evaluation = try evaluate([expression], owner: owner, on: sample)
      let labels = isOfImages ? try labels(of: sample, at: expression.span) : nil
      return try pooled(evaluation.values[0], labels, evaluation.warnings, at: expression.span)
    }
    guard isOfImages, !shape.axes.dropFirst().contains(where: { $0.name == .batch }) else {
      throw Diagnostic(
        "`\(expression.span.text.shortened)` is \(shape): those of several batches do not fit together", at: expression.span,
        hint: "without `on` it is of the next batch")
    }
    let count = try batchCount(number)
    // An array that grows is held twice for a moment.
    let bytes = Double(count) * Double(shape.shape.count) * 2 * Double(MemoryLayout<Double>.stride)
    try requireRoom(Int(min(bytes, 1e18)), for: "to pool \(count) batches", at: number.span)
    var values: [Double] = []
    var labels: [Int32] = []
    var warnings: [Diagnostic] = []
    for batch in 0..<count {
      let evaluation = try evaluateOnBatches(1, [expression], owner, [:], from: batch)
      let part = try pooled(evaluation.values[0], try batchLabels(batch, at: expression.span), evaluation.warnings, at: expression.span)
      values += part.values
      labels += part.labels ?? []
      if batch == 0 { warnings = part.warnings }
    }
    let axes = [Axis(.batch, labels.count)] + shape.axes.dropFirst()
    return PooledValues(shape: NamedShape(axes), values: values, labels: labels, warnings: warnings)
  }

  private func pooled(
    _ value: Value, _ labels: [Int32]?, _ warnings: [Diagnostic], at site: SourceSpan
  ) throws(Diagnostic) -> PooledValues {
    switch value.asTensor ?? value {
    case .tensor(let tensor, let shape):
      return PooledValues(shape: shape, values: tensor.values.map(Double.init), labels: labels, warnings: warnings)
    case .number(let number): return PooledValues(shape: .scalar, values: [number], labels: nil, warnings: warnings)
    default: throw Diagnostic("`\(site.text.shortened)` is \(value.kindText): numbers are plotted", at: site)
    }
  }

  /// The classes of the images that `evaluate` takes on a sample, in its order.
  private func labels(of sample: Sample?, at site: SourceSpan) throws(Diagnostic) -> [Int32] {
    switch sample?.kind {
    case .train: try requireDataset(at: site).train.labels
    case .test: try requireDataset(at: site).test.labels
    default: try batchLabels(0, at: site)
    }
  }

  /// Of the next training batch, or one after it.
  private func batchLabels(_ batch: Int, at site: SourceSpan) throws(Diagnostic) -> [Int32] {
    let source = try requireSource(at: site)
    return [Int32](unsafeUninitializedCapacity: source.batch) { labels, count in
      if let base = labels.baseAddress { source.fill(step: position + batch, images: [], labels: base) }
      count = source.batch
    }
  }
}
