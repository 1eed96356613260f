import Graph
import SourceText
import Syntax
import Tensors

/// What expressions came to, and what there is to say about it.
public struct Evaluation {
  public let values: [Value]
  /// With `on N batches`: the standard deviation over the batches of each value that is a number.
  public let deviations: [Double?]
  public let warnings: [Diagnostic]
}

/// The nodes inside meanings, in one order for compiling and reading back.
struct Readout {
  private(set) var nodes: [Node] = []

  mutating func collect(_ meaning: Meaning) {
    switch meaning {
    case .array(let node, _): nodes.append(node)
    case .list(let items): for item in items { collect(item) }
    default: break
    }
  }

  /// Values of meanings, in the order in which they were collected.
  struct Reader {
    let tensor: (Int) -> Tensor
    var next = 0

    mutating func value(_ meaning: Meaning, at site: SourceSpan) throws(Diagnostic) -> Value {
      switch meaning {
      case .number(let number): return .number(number)
      case .flag(let flag): return .flag(flag)
      case .text(let text): return .text(text)
      case .missing: return .missing
      case .module(let module, _):
        throw Diagnostic("`\(module.name)` is a module", at: site, hint: "`\(module.name)(za)` applies it; `show \(module.name)` describes it")
      case .list(let items):
        var values: [Value] = []
        for item in items { values.append(try value(item, at: site)) }
        return .list(values)
      case .array(_, let shape):
        let tensor = tensor(next)
        next += 1
        return shape.rank == 0 ? .number(Double(tensor.values[0])) : .tensor(tensor, shape)
      }
    }
  }
}
