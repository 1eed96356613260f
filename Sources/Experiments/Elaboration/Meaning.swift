import Graph
import Networks
import Tensors

/// What an expression stands for before anything has been computed: something known already, or a node with named axes.
public indirect enum Meaning {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([Meaning])
  case array(Node, NamedShape)
  /// A bare `h`: only `freeze`, `bias`, `weight` and calls take it.
  case module(Module, isFrozen: Bool)
  case missing

  /// The words of a message: ``a number``, `batch × dim 256`, `text`.
  var kindText: String {
    switch self {
    case .number: "a number"
    case .flag: "true or false"
    case .text: "text"
    case .list(let items): "a list of \(items.count)"
    case .array(_, let shape): shape.description
    case .module: "a module"
    case .missing: "missing"
    }
  }

  /// What a list holds in all its levels; 1 for anything else.
  var entryCount: Int {
    switch self {
    case .list(let items): items.reduce(1) { $0 + $1.entryCount }
    // Dense, so its numbers take a hundredth of the room that entries of a list take.
    case .array(_, let shape): 1 + shape.shape.count / 128
    default: 1
    }
  }

  /// A scalar that is known now.
  var constant: Double? {
    switch self {
    case .number(let number): number
    case .flag(let flag): flag ? 1 : 0
    default: nil
    }
  }
}

extension Elaboration {
  /// A value as it enters a formula; `identity` makes a tensor a leaf of its own. Tensors inside a list are told apart by what they hold.
  func meaning(of value: Value, identity: Int) -> Meaning {
    switch value {
    case .number(let number): .number(number)
    case .flag(let flag): .flag(flag)
    case .text(let text): .text(text)
    case .list(let items):
      .list(
        items.map { item in
          if case .tensor(let tensor, _) = item { return meaning(of: item, identity: self.identity(ofLiteral: tensor)) }
          return meaning(of: item, identity: identity)
        })
    case .tensor(let tensor, let shape): .array(graph.tensor(tensor, identity: identity), shape)
    case .missing: .missing
    }
  }
}
