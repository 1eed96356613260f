import Foundation
import Graph
import Tensors

/// Weighted k-nearest-neighbour classification of unit features (Wu et al. 2018, §3.4): each of the k training images most alike by
/// cosine s votes for its class with weight exp(s/τ).
///
/// Equal cosines are taken in the order of the images, and of classes with equal votes the first wins: one answer on every machine.
public struct NearestNeighbours: Hashable, Sendable {
  public var k: Int
  /// τ.
  public var temperature: Double

  public init(k: Int = 20, temperature: Double = 0.07) {
    self.k = k
    self.temperature = temperature
  }

  /// The percentage of `queries` classified rightly by the images of `bank`.
  ///
  /// - Parameter stop: ends it early; the result then has no meaning.
  public func accuracy(bank: FeatureTable, queries: FeatureTable, classes: Int, stop: StopSignal? = nil) throws(ProgramError) -> Double {
    let predicted = try predictions(bank: bank, queries: queries, classes: classes, stop: stop)
    let correct = zip(predicted, queries.labels).count { $0 == $1 }
    return queries.count == 0 ? .nan : 100 * Double(correct) / Double(queries.count)
  }

  /// A class for each query; fewer where `stop` was requested meanwhile.
  public func predictions(
    bank: FeatureTable, queries: FeatureTable, classes: Int, stop: StopSignal? = nil
  ) throws(ProgramError) -> [Int32] {
    guard bank.count > 0, queries.count > 0, k > 0, classes > 0 else { return Array(repeating: 0, count: queries.count) }
    let similarities = try Similarities(bank: bank.normalized())
    let queries = queries.normalized()
    var result: [Int32] = []
    result.reserveCapacity(queries.count)
    for start in stride(from: 0, to: queries.count, by: Similarities.chunk) {
      if stop?.isRequested == true { break }
      let range = start..<min(queries.count, start + Similarities.chunk)
      similarities.forEachRow(of: queries, range) { row in result.append(vote(row, bank.labels, classes)) }
    }
    return result
  }

  private func vote(_ similarities: UnsafeBufferPointer<Float>, _ labels: [Int32], _ classes: Int) -> Int32 {
    var votes = [Double](repeating: 0, count: classes)
    for neighbour in nearest(similarities) where votes.indices.contains(Int(labels[neighbour])) {
      // Less 1, the largest cosine: votes keep their proportions, and no τ overflows them.
      votes[Int(labels[neighbour])] += exp((Double(similarities[neighbour]) - 1) / temperature)
    }
    var best = 0
    for label in votes.indices where votes[label] > votes[best] { best = label }
    return Int32(best)
  }

  /// The places of the k largest, largest first. An equal one that comes later never displaces an earlier one.
  private func nearest(_ similarities: UnsafeBufferPointer<Float>) -> [Int] {
    let wanted = min(k, similarities.count)
    var found: [Int] = []
    found.reserveCapacity(wanted + 1)
    for index in similarities.indices {
      let value = similarities[index]
      if found.count == wanted, let last = found.last, !(value > similarities[last]) { continue }
      var place = found.count
      while place > 0 && value > similarities[found[place - 1]] { place -= 1 }
      found.insert(index, at: place)
      if found.count > wanted { found.removeLast() }
    }
    return found
  }
}

/// Cosines of a chunk of queries with a whole bank.
private struct Similarities {
  static let chunk = 128

  private let queries: InputSlot
  private let program: Program
  private let bankCount: Int

  /// - Parameter bank: unit rows.
  init(bank: FeatureTable) throws(ProgramError) {
    let slot = InputSlot(name: "bank", shape: [bank.count, bank.width])
    queries = InputSlot(name: "queries", shape: [Similarities.chunk, bank.width])
    bankCount = bank.count
    bank.values.withUnsafeBufferPointer { _ = slot.buffer.floats.update(fromContentsOf: $0) }
    let graph = Graph()
    let product = graph.input(queries).matmul(graph.input(slot), transposingSelf: false, transposingOther: true)
    program = try Program(outputs: [product])
  }

  func forEachRow(of table: FeatureTable, _ range: Range<Int>, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    let values = table.values[range.lowerBound * table.width..<range.upperBound * table.width]
    values.withUnsafeBufferPointer { _ = queries.buffer.floats.update(fromContentsOf: $0) }
    program.run(RunContext())
    for row in 0..<range.count {
      body(UnsafeBufferPointer(start: program.pointer(to: 0) + row * bankCount, count: bankCount))
    }
  }
}
