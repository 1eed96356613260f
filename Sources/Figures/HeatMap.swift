/// A matrix as a picture: the first row on top.
public struct HeatMap: Sendable {
  public let rows: Int
  public let columns: Int
  /// [rows, columns].
  public let values: [Double]
  /// What was averaged down to this; nil: nothing was.
  public private(set) var original: (rows: Int, columns: Int)?

  /// - Precondition: `values` holds rows·columns numbers.
  public init(rows: Int, columns: Int, values: [Double]) {
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The least and the greatest number; nil where there is none.
  public var range: ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    return low...high
  }

  /// What the colours stand for: of numbers with both signs zero is in the middle.
  var scale: AxisRange {
    guard let range else { return AxisRange(0, 1, .linear) }
    guard isSigned else { return AxisRange(range.lowerBound, range.upperBound, .linear) }
    let size = max(-range.lowerBound, range.upperBound)
    return AxisRange(-size, size, .linear)
  }

  var isSigned: Bool { range.map { $0.lowerBound < 0 && $0.upperBound > 0 } ?? false }

  /// Means of blocks as equal as they can be, so that no more than so many rows and columns are left; what is no number counts in none.
  public func averaged(toRows mostRows: Int, columns mostColumns: Int) -> HeatMap {
    let (rowCount, columnCount) = (min(rows, max(1, mostRows)), min(columns, max(1, mostColumns)))
    guard rowCount < rows || columnCount < columns else { return self }
    var means: [Double] = []
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        var (sum, count) = (0.0, 0.0)
        for i in row * rows / rowCount..<(row + 1) * rows / rowCount {
          for j in column * columns / columnCount..<(column + 1) * columns / columnCount where values[i * columns + j].isFinite {
            sum += values[i * columns + j]
            count += 1
          }
        }
        means.append(count == 0 ? .nan : sum / count)
      }
    }
    var map = HeatMap(rows: rowCount, columns: columnCount, values: means)
    map.original = original ?? (rows, columns)
    return map
  }

  /// `256 × 256 entries, averaged down to 32 × 32`.
  func summary(_ times: String) -> String {
    let size = original ?? (rows, columns)
    return "\(size.rows) \(times) \(size.columns) entries" + (original == nil ? "" : ", averaged down to \(rows) \(times) \(columns)")
  }
}
