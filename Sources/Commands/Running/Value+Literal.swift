import Experiments
import Syntax
import Tables
import Tensors

extension Value {
  /// As it can be typed again; nil where something is missing, which cannot be typed.
  var literal: String? {
    switch self {
    case .number(let number): Self.literal(number, "\(number)")
    case .flag(let flag): "\(flag)"
    case .text(let text): Self.literal(text)
    case .list(let items): Self.literal(items.map(\.literal))
    case .tensor(let tensor, _): Self.literal(tensor, axis: 0, at: 0)
    case .missing: nil
    }
  }

  static func literal(_ text: String) -> String {
    var typed = "\""
    for scalar in TextTemplate.escaping(text).unicodeScalars {
      switch scalar {
      case "\"", "\\": typed += "\\\(scalar)"
      case "\n": typed += "\\n"
      default: typed.unicodeScalars.append(scalar)
      }
    }
    return typed + "\""
  }

  /// NaN and ±∞ have no digits, but quotients that come to them.
  private static func literal(_ number: Double, _ digits: String) -> String {
    if number.isNaN { return "0/0" }
    guard number.isInfinite else { return digits }
    return number < 0 ? "-1/0" : "1/0"
  }

  private static func literal(_ items: [String?]) -> String? {
    let typed = items.compactMap { $0 }
    return typed.count == items.count ? "[" + typed.joined(separator: ", ") + "]" : nil
  }

  private static func literal(_ tensor: Tensor, axis: Int, at offset: Int) -> String? {
    guard axis < tensor.shape.rank else {
      let number = Double(tensor.values[offset])
      return literal(number, NumberText.data(number))
    }
    let stride = tensor.shape.extents[(axis + 1)...].reduce(1, *)
    return literal((0..<tensor.shape[axis]).map { literal(tensor, axis: axis + 1, at: offset + $0 * stride) })
  }
}
