import Graph
import Tensors

/// `ema(X, μ)`: an average over the steps of a run, a ← μ·a + (1-μ)·X, begun at the first X.
public final class RunningAverage: CarriedState {
  /// a, of X's shape; zeros before the first step.
  public let value: Variable
  /// A scalar: 1 after the first step.
  public let started: Variable

  /// - Parameter name: unique among a model's averages.
  public init(name: String, shape: Shape) {
    value = Variable(name: "ema/\(name)", shape: shape, role: .state)
    started = Variable(name: "ema/\(name)/started", shape: [], role: .state)
  }

  public var variables: [Variable] { [value, started] }

  /// `output`: the new a.
  public func advance(images: UnsafeBufferPointer<Int32>, output: UnsafePointer<Float>?) {
    guard let output else { return }
    value.buffer.pointer.update(from: output, count: value.buffer.count)
    started.buffer.pointer[0] = 1
  }
}
