import Tables
import Tensors

extension Value {
  /// As `print` shows it: six significant digits; a long axis is cut in the middle.
  public var text: String { rendered(NumberText.display, abbreviating: true) }

  /// Strict JSON on one line: every entry, nine significant digits, NaN and ±∞ as null.
  public var json: String {
    switch self {
    case .text(let text): JSONText.string(text)
    case .flag(let flag): flag ? "true" : "false"
    case .missing: "null"
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .number, .tensor: rendered(NumberText.json, abbreviating: false)
    }
  }

  private func rendered(_ number: (Double) -> String, abbreviating: Bool) -> String {
    switch self {
    case .number(let value): return number(value)
    case .flag(let flag): return flag ? "true" : "false"
    case .text(let text): return text
    case .missing: return "missing"
    case .list(let items): return "[" + items.map { $0.rendered(number, abbreviating: abbreviating) }.joined(separator: ", ") + "]"
    case .tensor(let tensor, let shape):
      let body = tensor.rendered(number, longest: abbreviating ? 8 : .max)
      let isCut = abbreviating && tensor.shape.extents.contains { $0 > 8 }
      return isCut ? "\(body)  (\(shape.extents))" : body
    }
  }
}

extension Tensor {
  /// Nested brackets; an axis longer than `longest` shows its first and last three entries.
  func rendered(_ number: (Double) -> String, longest: Int) -> String {
    func part(_ axis: Int, _ offset: Int) -> String {
      guard axis < shape.rank else { return number(Double(values[offset])) }
      let stride = shape.extents[(axis + 1)...].reduce(1, *)
      func entry(_ index: Int) -> String { part(axis + 1, offset + index * stride) }
      let extent = shape[axis]
      guard extent > longest else { return "[" + (0..<extent).map(entry).joined(separator: ", ") + "]" }
      return "[" + (Array(0..<3).map(entry) + ["…"] + Array(extent - 3..<extent).map(entry)).joined(separator: ", ") + "]"
    }
    return part(0, 0)
  }
}
