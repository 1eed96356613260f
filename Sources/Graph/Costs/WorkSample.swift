import Kernels
import Tensors

/// A small amount of an operation's work, that can be run and timed.
struct WorkSample {
  /// A tenth of a millisecond or so: long enough to time, short enough to time many.
  private static let enoughFlops = 8_000_000
  private static let enoughBytes = 2 << 20

  private let primitive: any Primitive
  private let inputs: [Shape]
  private let cost: OperationCost
  /// How many times this work the whole is.
  let factor: Double

  /// nil where the time of `work` follows from the bytes that it moves.
  init?(of work: OperationCost.Work) {
    let primitive = work.primitive.primitive
    let whole = OperationCost(primitive, work.inputs)
    var rows = 1
    var found: (inputs: [Shape], cost: OperationCost)?
    while true {
      guard let inputs = primitive.sample(of: work.inputs, rows: rows) else { return nil }
      let cost = OperationCost(primitive, inputs)
      found = (inputs, cost)
      if cost.flops >= Self.enoughFlops || cost.bytes >= Self.enoughBytes || inputs == work.inputs || rows > 1 << 30 { break }
      rows *= 2
    }
    guard let found else { return nil }
    self.primitive = primitive
    (inputs, cost) = found
    factor = cost.flops > 0 ? Double(whole.flops) / Double(cost.flops) : Double(whole.bytes) / Double(max(1, cost.bytes))
  }

  /// What is run: the same for works that differ only in how many times they do it.
  var work: OperationCost.Work { OperationCost.Work(primitive, inputs) }

  /// Floats that a run needs.
  var count: Int { MemoryPlan.rounded(scratchCount) + (inputs + [output] + sides).reduce(0) { $0 + MemoryPlan.rounded($1.count) } }

  /// The kernel, at work in `count` floats from `memory`. Matrices are filled so that every factorization of them exists.
  func kernel(in memory: UnsafeMutablePointer<Float>, _ pool: ThreadPool) -> Kernel {
    var place = memory
    func next(_ count: Int) -> UnsafeMutablePointer<Float> {
      defer { place += MemoryPlan.rounded(count) }
      return place
    }
    let pointers = inputs.map { shape in
      let pointer = next(shape.count)
      Self.fill(pointer, shape.count)
      if shape.rank == 2, shape[0] == shape[1] { for row in 0..<shape[0] { pointer[row * (shape[0] + 1)] += Float(2 * shape[0]) } }
      return UnsafePointer(pointer)
    }
    return primitive.kernel(
      KernelSite(
        inputs: pointers, inputShapes: inputs, output: next(output.count), outputShape: output, sideOutputs: sides.map { next($0.count) },
        scratch: next(scratchCount), pool: pool))
  }

  /// A pattern of 97 values, over and over: what is there already is copied behind itself.
  private static func fill(_ pointer: UnsafeMutablePointer<Float>, _ count: Int) {
    let period = 97
    for index in 0..<min(period, count) { pointer[index] = 0.5 + Float(index) / Float(period) }
    var filled = min(period, count)
    while filled < count {
      let part = min(filled / period * period, count - filled)
      (pointer + filled).update(from: pointer, count: part)
      filled += part
    }
  }

  private var output: Shape { primitive.shape(of: inputs) }
  private var sides: [Shape] { primitive.sideShapes(of: inputs) }
  private var scratchCount: Int { primitive.scratchCount(inputs: inputs) }
}

extension [Shape] {
  /// The first axis of those at `places` cut to `rows`.
  func shortening(_ places: [Int], to rows: Int) -> [Shape] {
    indices.map { index in
      let shape = self[index]
      return places.contains(index) && shape.rank > 0 ? shape.replacing(0, by: Swift.min(rows, shape[0])) : shape
    }
  }
}
