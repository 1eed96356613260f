import Kernels
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 7])
  func everyIndexIsVisitedOnce(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    for count in [0, 1, 2, 3, 10, 1000] {
      let visits = Floats(count: count)
      pool.split(count) { _, range in
        for index in range { visits.pointer[index] += 1 }
      }
      #expect(visits.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func partsDependOnTheThreadCountAlone() {
    let pool = ThreadPool(threadCount: 3)
    #expect(pool.partCount(10) == 3)
    #expect(pool.partCount(2) == 2)
    #expect(pool.partCount(10, minimumPart: 4) == 2)
    #expect(pool.partCount(10, minimumPart: 100) == 1)
    for _ in 0..<100 {
      let starts = Floats(count: 3)
      pool.split(10) { part, range in starts.pointer[part] = Float(range.lowerBound) }
      #expect(starts.values == [0, 3, 6])
    }
  }

  @Test func aSplitInsideASplitDoesItsPartsInPlace() {
    let pool = ThreadPool(threadCount: 2)
    let visits = Floats(count: 100)
    pool.split(10) { _, outer in
      for row in outer {
        pool.split(10) { _, inner in
          for column in inner { visits.pointer[row * 10 + column] += 1 }
        }
      }
    }
    #expect(visits.values.allSatisfy { $0 == 1 })
  }

  @Test func manyHostThreadsMayAskAtOnce() async {
    let pool = ThreadPool(threadCount: 2)
    let sum = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<200 {
            pool.split(100) { _, range in sum.add(range.count) }
          }
        }
      }
    }
    #expect(sum.value == 8 * 200 * 100)
  }

  /// Long pauses put the helpers to sleep between splits, none puts them there in the middle of one.
  @Test func sleepingHelpersWakeUp() async throws {
    let pool = ThreadPool(threadCount: 3)
    let sum = Counter()
    for pause in [0, 5, 0, 20, 0, 0, 5] {
      try await Task.sleep(for: .milliseconds(pause))
      for _ in 0..<500 {
        pool.split(3) { _, range in sum.add(range.count) }
      }
    }
    #expect(sum.value == 7 * 500 * 3)
  }

  @Test func poolsComeAndGo() {
    for _ in 0..<50 {
      let pool = ThreadPool(threadCount: 4)
      let visits = Floats(count: 4)
      pool.split(4) { part, _ in visits.pointer[part] = 1 }
      #expect(visits.values == [1, 1, 1, 1])
    }
  }

  @Test(
    arguments: [
      (nil, 4, nil), ("", 4, nil), ("2", 2, nil), ("4", 4, nil),
      ("9", 4, "SIAM_THREADS asks for 9 threads, the machine has 4; using 4"),
      ("0", 4, "SIAM_THREADS is `0`, no whole number from 1; using 4"),
      ("-1", 4, "SIAM_THREADS is `-1`, no whole number from 1; using 4"),
      ("two", 4, "SIAM_THREADS is `two`, no whole number from 1; using 4"),
      ("99999999999999999999", 4, "SIAM_THREADS is `99999999999999999999`, no whole number from 1; using 4")
    ] as [(String?, Int, String?)])
  func threadCountOfTheEnvironment(requested: String?, count: Int, problem: String?) {
    let threads = ThreadCount(requested: requested, available: 4)
    #expect(threads.count == count)
    #expect(threads.problem == problem)
  }

  @Test func openBLASNamesItself() {
    #expect(OpenBLAS.summary.hasPrefix("OpenBLAS "))
    #expect(OpenBLAS.summary.split(separator: " ").count == 3)
  }
}

private final class Counter: Sendable {
  private let sum = Atomic<Int>(0)
  var value: Int { sum.load(ordering: .relaxed) }
  func add(_ count: Int) { sum.add(count, ordering: .relaxed) }
}
