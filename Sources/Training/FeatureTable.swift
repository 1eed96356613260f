/// One vector and one label for every image of a split.
public struct FeatureTable: Sendable {
  /// F.
  public let width: Int
  /// [count, F].
  public let values: [Float]
  public let labels: [Int32]

  public var count: Int { labels.count }

  /// - Precondition: `values` holds `labels.count` rows of `width`.
  public init(width: Int, values: [Float], labels: [Int32]) {
    precondition(values.count == width * labels.count, "\(labels.count) rows of \(width) are not \(values.count) values")
    self.width = width
    self.values = values
    self.labels = labels
  }

  /// Rows scaled to unit length; a row of zeros stays one.
  func normalized() -> FeatureTable {
    var scaled = values
    for row in 0..<count {
      let range = row * width..<(row + 1) * width
      let length = values[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0 else { continue }
      for index in range { scaled[index] = Float(Double(values[index]) / length) }
    }
    return FeatureTable(width: width, values: scaled, labels: labels)
  }
}
