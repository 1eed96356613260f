import CProcessor

/// A run of columns that register tiles cover from left to right; without wide vectors all columns.
struct Panel: Sendable {
  let first: Int
  /// 64, 32, 16 or 8 with wide vectors.
  let width: Int

  /// Whether the compiler may use 512-bit vectors, and so 32 registers of them.
  static let hasWideVectors = SIAM_AVX512F == 1

  /// Panels that cover `columns`, the widest first; nil where it is no multiple of 8.
  static func covering(_ columns: Int) -> [Panel]? {
    guard columns > 0 && columns % 8 == 0 else { return nil }
    guard hasWideVectors else { return [Panel(first: 0, width: columns)] }
    var panels: [Panel] = []
    var first = 0
    for width in [64, 32, 16, 8] {
      while first + width <= columns {
        panels.append(Panel(first: first, width: width))
        first += width
      }
    }
    return panels
  }
}
