import Kernels
import Tensors

/// An operation of the graph. Each is one file in `Primitives/`, with its shape rule, its kernel and its derivative side by side.
///
/// A primitive is a small value: its stored properties (an axis, a stride, a flag) together with its type are its identity, so nodes can be
/// hash-consed. Shapes were checked by the layer above with the user's words; here a wrong shape is a programming error and traps.
public protocol Primitive: Hashable, Sendable {
  /// The field's name of the operation, unique: the row in the gradient-check table and in a profile.
  static var name: String { get }

  /// The shape of the result.
  func shape(of inputs: [Shape]) -> Shape

  /// ∂L/∂inputs, given `gradient` = ∂L/∂output, as nodes built from primitives, so that they can be differentiated again.
  /// nil where no gradient passes. One entry an input.
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?]

  /// Floats of working space that the kernel needs while it runs.
  func scratchCount(inputs: [Shape]) -> Int

  /// The inputs whose buffer the output may take over when nothing else reads it afterwards (same element count, read before written).
  var reusableInputs: [Int] { get }

  /// The work, with all pointers resolved; called once when a program is planned. What it returns is run every step and must not allocate.
  func kernel(_ site: KernelSite) -> Kernel
}

extension Primitive {
  public func scratchCount(inputs: [Shape]) -> Int { 0 }
  public var reusableInputs: [Int] { [] }
}

/// One planned operation, ready to run.
public typealias Kernel = (RunContext) -> Void

/// Where one operation reads and writes. Buffers never overlap, except output and an input listed in `reusableInputs`.
public struct KernelSite {
  public let inputs: [UnsafePointer<Float>]
  public let inputShapes: [Shape]
  public let output: UnsafeMutablePointer<Float>
  public let outputShape: Shape
  public let scratch: UnsafeMutablePointer<Float>
  public let pool: ThreadPool
}

/// What differs from run to run apart from the inputs.
public struct RunContext: Sendable {
  /// Steps since `reset`: the counter of every `randn` stream.
  public var step: UInt64
  public init(step: UInt64 = 0) { self.step = step }
}
