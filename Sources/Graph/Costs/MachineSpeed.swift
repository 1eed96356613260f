import Kernels
import Tensors

/// How fast this machine is, when it is left alone, at what programs do: measured, not known beforehand.
///
/// An operation takes as long as its bytes at the memory's speed or its floating-point operations at that of a matrix product, whichever
/// is longer (the roofline of Williams, Waterman & Patterson, 2009). Those that make up most of a program and that can be cut down (see
/// `Primitive.sample`) are not left at that: their own kernels are run on a small amount of the same work. What was timed once is kept.
public final class MachineSpeed {
  /// Of a program's time by the roofline, so much is looked at more closely.
  private static let timedShare = 0.92

  /// What was measured of the machine itself.
  public struct Figures: Codable, Equatable, Sendable {
    /// Floating-point operations a second, of a product of 384³.
    public let flopsPerSecond: Double
    /// Read and written a second, of arrays that no cache holds.
    public let bytesPerSecond: Double
    /// Of an operation on next to nothing.
    public let secondsPerOperation: Double
    /// What was timed on small amounts of work, by what it is.
    public fileprivate(set) var sampleSeconds: [String: Double]

    public init(flopsPerSecond: Double, bytesPerSecond: Double, secondsPerOperation: Double, sampleSeconds: [String: Double] = [:]) {
      self.flopsPerSecond = flopsPerSecond
      self.bytesPerSecond = bytesPerSecond
      self.secondsPerOperation = secondsPerOperation
      self.sampleSeconds = sampleSeconds
    }
  }

  /// What was known, and what has been measured since.
  public private(set) var figures: Figures
  private let pool: ThreadPool
  /// Of works that were asked for here.
  private var workSeconds: [OperationCost.Work: Double?] = [:]
  /// Where the machine is measured and samples are run. Most of these need no more, and memory that the system clears first takes longer
  /// than they do.
  private lazy var memory = Buffer(count: Self.usualCount)
  private static let usualCount = 5 << 18

  /// - Parameter figures: what was measured before; nil: it is measured, which takes some milliseconds.
  public init(pool: ThreadPool = .shared, figures: Figures? = nil) {
    self.pool = pool
    if let figures {
      self.figures = figures
    } else {
      let memory = Buffer(count: Self.usualCount)
      self.figures = Self.measured(in: memory.pointer, on: pool)
      self.memory = memory
    }
  }

  /// In `usualCount` zeros, which are no faster to add and multiply than other numbers.
  private static func measured(in pointer: UnsafeMutablePointer<Float>, on pool: ThreadPool) -> Figures {
    let side = 384
    let product = MatrixProduct(rows: side, columns: side, depth: side)
    // The first brings OpenBLAS's own memory.
    let ofProduct = shortest(2) { product.run(pointer, pointer + side * side, into: pointer + 2 * side * side, on: pool) }
    let count = usualCount / 3 / 16 * 16
    let ofSum = shortest(3, after: { Eviction.run(pointer, 3 * count) }) {
      Elementwise.run(Elementwise.add, pointer, 1, pointer + count, 1, pointer + 2 * count, count: count, pool: pool)
    }
    let rounds = 300
    let ofNothing = shortest(3) { for _ in 0..<rounds { Elementwise.run(Elementwise.negate, pointer, pointer, count: 16, pool: pool) } }
    return Figures(
      flopsPerSecond: 2 * Double(side * side * side) / ofProduct, bytesPerSecond: Double(3 * count * MemoryLayout<Float>.stride) / ofSum,
      secondsPerOperation: ofNothing / Double(rounds))
  }

  /// Of one run of the program.
  public func seconds(of plan: ProgramPlan) -> Double {
    let costs = plan.costs
    let estimates = costs.map(roofline)
    var left = estimates.reduce(0, +) * (1 - Self.timedShare)
    var total = 0.0
    // From the shortest: what together makes up no more than the rest is left at its estimate.
    for index in costs.indices.sorted(by: { estimates[$0] < estimates[$1] }) {
      left -= estimates[index]
      let closer = left < 0 ? costs[index].work.flatMap(seconds) : nil
      total += figures.secondsPerOperation + (closer ?? estimates[index])
    }
    return total
  }

  /// To move so much between memory and processor.
  public func seconds(movingBytes bytes: Int) -> Double { Double(bytes) / figures.bytesPerSecond }

  /// Of something that is measured where it is not known.
  public func seconds(ofSample name: String, measured: () -> Double) -> Double {
    if let known = figures.sampleSeconds[name] { return known }
    let seconds = measured()
    figures.sampleSeconds[name] = seconds
    return seconds
  }

  private func roofline(_ cost: OperationCost) -> Double {
    max(Double(cost.flops) / figures.flopsPerSecond, Double(cost.bytes) / figures.bytesPerSecond)
  }

  /// By running a sample; nil where there is none.
  private func seconds(of work: OperationCost.Work) -> Double? {
    if let known = workSeconds[work] { return known }
    let seconds = sampled(work)
    workSeconds[work] = .some(seconds)
    return seconds
  }

  private func sampled(_ work: OperationCost.Work) -> Double? {
    guard let sample = WorkSample(of: work) else { return nil }
    let seconds = seconds(ofSample: sample.work.text) {
      if sample.count > memory.count { memory = Buffer(count: sample.count) }
      let kernel = sample.kernel(in: memory.pointer, pool)
      return Self.shortest(2) { kernel(RunContext()) }
    }
    return seconds * sample.factor
  }

  /// Of several runs, each after `prepare`; of a long one, one is enough. What else the machine does meanwhile is not counted.
  private static func shortest(_ runs: Int, after prepare: () -> Void = {}, _ body: () -> Void) -> Double {
    var shortest = Double.infinity
    for run in 0..<runs where run == 0 || shortest < longRun {
      prepare()
      shortest = min(shortest, ThreadClock.measure(body))
    }
    return shortest
  }

  /// In seconds.
  private static let longRun = 0.004
}
