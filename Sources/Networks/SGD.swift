import Graph
import Kernels
import Tensors

/// Stochastic gradient descent with momentum and L2 decay, by PyTorch's rule: v ← μ·v + (g + λ·w), w ← w - lr·v.
public struct SGD: Hashable, Sendable {
  /// μ.
  public var momentum: Double
  /// λ.
  public var decay: Double

  public init(momentum: Double = 0.9, decay: Double = 1e-5) {
    self.momentum = momentum
    self.decay = decay
  }

  /// The velocity that goes with `parameter`, at rest.
  public static func velocity(of parameter: Variable) -> Variable {
    Variable(name: "\(parameter.name)/velocity", shape: parameter.shape, role: .state)
  }

  /// One step of one parameter. A parameter that the loss does not reach gets no call: no decay, no momentum.
  ///
  /// - Parameters:
  ///   - gradient: as many floats as the parameter has.
  ///   - decay: λ of this parameter where it is not the optimizer's.
  public func step(
    _ parameter: Variable, gradient: UnsafePointer<Float>, velocity: Variable, rate: Double, decay: Double? = nil,
    pool: ThreadPool = .shared
  ) {
    MomentumStep.run(
      weight: parameter.buffer.pointer, velocity: velocity.buffer.pointer, gradient: gradient, count: parameter.shape.count,
      rate: Float(rate), momentum: Float(momentum), decay: Float(decay ?? self.decay), pool: pool)
  }
}
