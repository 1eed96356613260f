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
  private var storage: Buffer?
  /// What fills the storage as soon as there is one.
  private var start: ((Buffer) -> Void)?

  public init(name: String, shape: Shape, role: Role) {
    self.name = name
    self.shape = shape
    self.role = role
  }

  /// Taken when it is first asked for, which is on one thread: whether there is room for all can be seen before any is taken. It holds what
  /// `start` says, else zeros.
  public var buffer: Buffer {
    if let storage { return storage }
    let made = Buffer(count: shape.count)
    storage = made
    start?(made)
    start = nil
    return made
  }

  /// Has all numbers set by `fill`: now, or when they are first asked for.
  public func start(by fill: @escaping (Buffer) -> Void) {
    if let storage { fill(storage) } else { start = fill }
  }

  public var byteCount: Int { shape.count * MemoryLayout<Float>.stride }
  /// What it will take at its first use.
  public var missingBytes: Int { storage == nil ? byteCount : 0 }
}
