import Checkpoints
import Tensors
import Training

/// The running averages behind the `ema(…)` of formulas, by how they are written.
public final class RunningAverages {
  /// Which averages there are, without their numbers.
  struct State {
    fileprivate var known: [String: RunningAverage] = [:]
    /// In the order in which they were first written.
    fileprivate var names: [String] = []
  }

  var state = State()

  /// The average called `name`; a new one, begun at the next step, where there is none of that shape.
  func average(_ name: String, shape: Shape) -> RunningAverage {
    if let average = state.known[name], average.value.shape == shape { return average }
    let made = RunningAverage(name: name, shape: shape)
    if state.known[name] == nil { state.names.append(name) }
    state.known[name] = made
    return made
  }

  /// The average called `name`, where there is one of that shape.
  func existing(_ name: String, shape: Shape) -> RunningAverage? { state.known[name].flatMap { $0.value.shape == shape ? $0 : nil } }

  /// Takes over the averages of a checkpoint; what it does not hold begins anew. Those of formulas that are not there yet wait for them.
  func restore(from contents: SafetensorsContents) {
    for average in state.known.values {
      for variable in average.variables { variable.buffer.floats.update(repeating: 0) }
    }
    for entry in contents.header.entries where entry.name.hasPrefix(Self.prefix) && !entry.name.hasSuffix(Self.startedSuffix) {
      guard let started = contents.tensor(entry.name + Self.startedSuffix), started.shape == .scalar else { continue }
      let average = average(String(entry.name.dropFirst(Self.prefix.count)), shape: entry.shape)
      contents.copy(entry, to: average.value.buffer.pointer)
      average.started.buffer.pointer[0] = started.values[0]
    }
  }

  /// Of the names that `RunningAverage` gives its variables.
  static let prefix = "ema/"
  private static let startedSuffix = "/started"

  var all: [RunningAverage] { state.names.compactMap { state.known[$0] } }
}
