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

  var all: [RunningAverage] { names.compactMap { known[$0] } }
}
