import Checkpoints
import Tensors
import Training

/// The running averages behind the `ema(…)` of formulas, by how they are written.
public final class RunningAverages {
  private var known: [String: RunningAverage] = [:]
  /// In the order in which they were first written.
  private var names: [String] = []

  /// The average called `name`; a new one, begun at the next step, where there is none of that shape.
  func average(_ name: String, shape: Shape) -> RunningAverage {
    if let average = known[name], average.value.shape == shape { return average }
    let made = RunningAverage(name: name, shape: shape)
    if known[name] == nil { names.append(name) }
    known[name] = made
    return made
  }

  /// The average called `name`, where there is one of that shape.
  func existing(_ name: String, shape: Shape) -> RunningAverage? { known[name].flatMap { $0.value.shape == shape ? $0 : nil } }

  /// Takes over the averages of a checkpoint; what it does not hold begins anew. Those of formulas that are not there yet wait for them.
  func restore(from contents: SafetensorsContents) {
    for average in known.values {
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

  var all: [RunningAverage] { names.compactMap { known[$0] } }
}
