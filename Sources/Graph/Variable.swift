import Tensors

/// Storage that outlives a step: a parameter, a running statistic, a bank. Graphs read it as a leaf; a program writes it only in its updates,
/// the optimizer between runs.
public final class Variable: @unchecked Sendable {
  public enum Role: Sendable {
    /// Trained by the optimizer.
    case parameter
    /// Running statistics and the like: saved and restored, never given a gradient.
    case state
  }

  /// Unique in a model: `encoder/0/weight`.
  public let name: String
  public let shape: Shape
  public let role: Role
  public let buffer: Buffer

  public init(name: String, shape: Shape, role: Role) {
    self.name = name
    self.shape = shape
    self.role = role
    buffer = Buffer(count: shape.count)
  }
}
