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

  /// Further arrays that it writes beside its result; see `SideResult`.
  func sideShapes(of inputs: [Shape]) -> [Shape]

  /// ∂L/∂inputs, given `gradient` = ∂L/∂output, as nodes built from primitives, so that they can be differentiated again.
  /// nil where no gradient passes. One entry an input.
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?]

  /// The floating-point operations of one run: an addition, multiplication, division, root or comparison is one, a function such as exp
  /// `FlopCounts.function`. What the definition asks for, not what a kernel may do beside it: unfolding, second passes.
  func flops(inputs: [Shape]) -> Int

  /// Inputs of the same kind, no larger than these: a smaller amount of the same work, from which the time of the whole can be judged.
  ///
  /// - Parameter rows: how long the first axis is to be, where it can be cut, or a square matrix; a primitive takes more where a kernel
  ///   would not come to its usual speed.
  /// - Returns: nil where the time follows from the bytes that are moved.
  func sample(of inputs: [Shape], rows: Int) -> [Shape]?

  /// Floats of working space that the kernel needs while it runs.
  func scratchCount(inputs: [Shape]) -> Int

  /// The inputs whose buffer the output may take over when nothing else reads it afterwards (same element count, read before written).
  var reusableInputs: [Int] { get }

  /// Whether this is `Unary` or `Binary`: to ask a primitive for what these have besides takes long, and is asked of every node.
  var isElementwise: Bool { get }

  /// The work, with all pointers resolved; called once when a program is planned. What it returns is run every step and must not allocate.
  func kernel(_ site: KernelSite) -> Kernel
}

extension Primitive {
  public func sideShapes(of inputs: [Shape]) -> [Shape] { [] }
  public func sample(of inputs: [Shape], rows: Int) -> [Shape]? { nil }
  public func scratchCount(inputs: [Shape]) -> Int { 0 }
  public var reusableInputs: [Int] { [] }
  public var isElementwise: Bool { false }
}

/// One planned operation, ready to run.
public typealias Kernel = (RunContext) -> Void

/// Where one operation reads and writes. Buffers never overlap, except output and an input listed in `reusableInputs`.
public struct KernelSite {
  public let inputs: [UnsafePointer<Float>]
  public let inputShapes: [Shape]
  public let output: UnsafeMutablePointer<Float>
  public let outputShape: Shape
  /// One for each of the primitive's `sideShapes`.
  public let sideOutputs: [UnsafeMutablePointer<Float>]
  public let scratch: UnsafeMutablePointer<Float>
  public let pool: ThreadPool
}

/// What differs from run to run apart from the inputs.
public struct RunContext: Sendable {
  /// Steps since `reset`: the counter of every `randn` stream.
  public var step: UInt64
  public init(step: UInt64 = 0) { self.step = step }
}
