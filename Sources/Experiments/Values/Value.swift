import Tensors

/// What an expression comes to once it has been computed.
public indirect enum Value: Hashable, Sendable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([Value])
  case tensor(Tensor, NamedShape)
  /// Nothing was recorded under that name (a missing metric of a run).
  case missing
}

extension Value {
  /// The number in it, where there is just one.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .flag(let flag): flag ? 1 : 0
    case .tensor(let tensor, _) where tensor.values.count == 1: Double(tensor.values[0])
    default: nil
    }
  }

  /// True for `true` and any number but 0 (NaN is not true); nil where there is no truth in it.
  public var isTrue: Bool? {
    guard let number else { return nil }
    return number != 0 && !number.isNaN
  }

  /// A list of numbers, or of such lists of one length, as the tensor that it is; nil for anything else.
  var asTensor: Value? {
    guard case .list(let items) = self, let tensor = Tensor(literal: items.map(\.literalMeaning)) else { return nil }
    return .tensor(tensor, NamedShape(tensor.shape.extents.map { Axis(nil, $0) }))
  }

  private var literalMeaning: Meaning {
    switch self {
    case .number(let number): .number(number)
    case .list(let items): .list(items.map(\.literalMeaning))
    default: .missing
    }
  }

  /// What kind of thing this is, for a message: `a number`, `text`, `batch × dim 256`.
  public var kindText: String {
    switch self {
    case .number: "a number"
    case .flag: "true or false"
    case .text: "text"
    case .list(let items): "a list of \(items.count)"
    case .tensor(_, let shape): shape.description
    case .missing: "missing"
    }
  }
}
