import Tensors

/// What a formula's meaning came from: where these are the same, so is the meaning, but for the numbers in arrays.
struct Dependencies {
  /// What names stood for.
  private(set) var names: [String: Dependency] = [:]
  /// Whether there is more: the model, a batch, runs, settings.
  var areMore = false

  enum Dependency: Equatable {
    case value(Value)
    /// Of a shape; `identity` is its node's.
    case array(NamedShape, identity: Int)
    case formula(String)

    init(_ constant: Definitions.Constant) {
      if case .tensor(_, let shape) = constant.value {
        self = .array(shape, identity: constant.identity)
      } else {
        self = .value(constant.value)
      }
    }
  }

  mutating func add(_ name: String, _ dependency: Dependency) { names[name] = dependency }

  /// The arrays to put in place of those that were there, by the identity of these; nil where something else is not as it was.
  func arrays(in definitions: Definitions) -> [Int: Tensor]? {
    if areMore { return nil }
    var arrays: [Int: Tensor] = [:]
    for (name, dependency) in names {
      switch (dependency, definitions.constants[name]?.value) {
      case (.value(let value), let current?): if !value.isIdentical(to: current) { return nil }
      case (.array(let shape, let identity), .tensor(let tensor, let current)?):
        if shape != current { return nil }
        arrays[identity] = tensor
      case (.formula(let text), nil): if definitions.formulas[name]?.expression.span.text != text { return nil }
      default: return nil
      }
    }
    return arrays
  }
}

extension Value {
  /// Bit for bit: 0 and -0 differ.
  fileprivate func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
    case (.list(let left), .list(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.tensor(let left, let shape), .tensor(let right, let other)):
      shape == other && left.values.count == right.values.count && zip(left.values, right.values).allSatisfy { $0.bitPattern == $1.bitPattern }
    default: self == other
    }
  }
}
