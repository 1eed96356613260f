import Datasets
import Foundation
import Testing

struct PrefetcherTests {
  private func expectStep(_ prefetcher: Prefetcher, _ step: Int, of source: BatchSource) {
    let batch = prefetcher.next()
    #expect(batch.step == step)
    #expect(batch.epoch == step / source.stepsPerEpoch)
    #expect(FilledBatch(batch, values: source.batch * source.shape.valueCount) == FilledBatch(source, step: step))
  }

  @Test func givesTheStepsInOrder() throws {
    let source = try BatchSourceTests.source()
    let prefetcher = Prefetcher(source: source, firstStep: 3)
    for step in 3..<20 { expectStep(prefetcher, step, of: source) }
    #expect(prefetcher.waited >= .zero)
  }

  @Test func canBeStoppedAndStartedAnywhere() throws {
    let source = try BatchSourceTests.source()
    let prefetcher = Prefetcher(source: source, firstStep: 0)
    expectStep(prefetcher, 0, of: source)
    for start in [5, 0, 40, 39] {
      prefetcher.stop()
      prefetcher.stop()
      prefetcher.start(at: start)
      for step in start..<start + 4 { expectStep(prefetcher, step, of: source) }
    }
    prefetcher.start(at: 2)
    expectStep(prefetcher, 2, of: source)
  }

  @Test func goesOnByItselfAfterAStop() throws {
    let source = try BatchSourceTests.source()
    let prefetcher = Prefetcher(source: source, firstStep: 0)
    expectStep(prefetcher, 0, of: source)
    prefetcher.stop()
    let before = prefetcher.waited
    for step in 1..<4 { expectStep(prefetcher, step, of: source) }
    #expect(prefetcher.waited > before, "making it oneself is waiting")
    #expect(prefetcher.step == 4)
  }

  @Test func usesItsMemoryAgain() throws {
    let source = try BatchSourceTests.source()
    let prefetcher = Prefetcher(source: source, firstStep: 0, ahead: 2)
    for step in 0..<100 { #expect(prefetcher.next().step == step) }
    // Two ready, one in the making, one in our hands.
    #expect(prefetcher.buffersMade <= 4)
  }

  @Test func aHeldBatchIsLeftAlone() throws {
    let source = try BatchSourceTests.source()
    let prefetcher = Prefetcher(source: source, firstStep: 0)
    let values = source.batch * source.shape.valueCount
    let held = prefetcher.next()
    for _ in 0..<30 { _ = prefetcher.next() }
    prefetcher.stop()
    #expect(FilledBatch(held, values: values) == FilledBatch(source, step: 0))
  }

  @Test func aBatchOutlivesItsPrefetcher() throws {
    let source = try BatchSourceTests.source()
    var prefetcher: Prefetcher? = Prefetcher(source: source, firstStep: 8)
    let batch = try #require(prefetcher?.next())
    prefetcher = nil
    #expect(FilledBatch(batch, values: source.batch * source.shape.valueCount) == FilledBatch(source, step: 8))
  }

  @Test func manyCanBeMadeAndDropped() throws {
    let source = try BatchSourceTests.source()
    func threadCount() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
    let before = try threadCount()
    for step in 0..<50 { _ = Prefetcher(source: source, firstStep: step, ahead: 1 + step % 3) }
    // Other tests have threads of their own, but not fifty more.
    for _ in 0..<100 where try threadCount() > before + 25 { Thread.sleep(forTimeInterval: 0.05) }
    #expect(try threadCount() <= before + 25)
  }
}
