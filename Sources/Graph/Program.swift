import Kernels
import Tensors

/// A graph compiled to run many times: simplified, ordered, with its memory planned once.
///
/// To be written by the graph's author:
///
///   public init(outputs: [Node], updates: [(Variable, Node)] = [], pool: ThreadPool = .shared)
///     `outputs` can be read after a run. `updates` are written to their variables after everything else has been computed.
///     Simplification (stop-gradients removed, then hash-consed again, constants folded, identities dropped) happens inside.
///   public func run(_ context: RunContext)         no allocation
///   public func pointer(to output: Int) -> UnsafePointer<Float>      valid until the next run
///   public func tensor(_ output: Int) -> Tensor ; public func scalar(_ output: Int) -> Float
///   public var arenaBytes: Int ; public var operationCount: Int
///   public func profile(_ context: RunContext) -> [(primitive: String, seconds: Double, calls: Int, bytes: Int)]
public final class Program {
}
