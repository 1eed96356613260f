/// The extents of a dense row-major float32 array. `[]` is a scalar.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  public let extents: [Int]

  public init(_ extents: [Int]) { self.extents = extents }
  public init(arrayLiteral extents: Int...) { self.extents = extents }

  public static let scalar = Shape([])
  public var rank: Int { extents.count }
  /// The product of the extents; `Int.max` where it does not fit, which no allocation accepts.
  public var count: Int {
    var product = 1
    for extent in extents {
      if extent == 0 { return 0 }
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      product = overflows ? .max : next
    }
    return product
  }
  public subscript(axis: Int) -> Int { extents[axis] }
  /// `256×64`, or `scalar`.
  public var description: String { extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "×") }
}
