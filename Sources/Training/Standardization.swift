/// (x - mean)/deviation, dimension by dimension.
struct Standardization {
  private let mean: [Double]
  private let deviation: [Double]

  /// Measured on `table`. A dimension that never changes is shifted only.
  init(of table: FeatureTable) {
    var sums = [Double](repeating: 0, count: table.width)
    for index in table.values.indices { sums[index % table.width] += Double(table.values[index]) }
    let mean = sums.map { $0 / Double(max(1, table.count)) }
    var squares = [Double](repeating: 0, count: table.width)
    for index in table.values.indices {
      let difference = Double(table.values[index]) - mean[index % table.width]
      squares[index % table.width] += difference * difference
    }
    self.mean = mean
    deviation = squares.map { square in
      let deviation = (square / Double(max(1, table.count))).squareRoot()
      return deviation > 1e-12 ? deviation : 1
    }
  }

  func apply(to table: FeatureTable) -> FeatureTable {
    let values = table.values.indices.map { index in
      Float((Double(table.values[index]) - mean[index % table.width]) / deviation[index % table.width])
    }
    return FeatureTable(width: table.width, values: values, labels: table.labels)
  }
}
