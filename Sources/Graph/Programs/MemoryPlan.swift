/// Where in one arena each storage lies: by decreasing size, at the first offset where nothing that is alive at the same time lies
/// (greedy by size for offset calculation, Pisarchyk & Lee, Efficient Memory Management for Deep Neural Net Inference, 2020).
///
/// Offsets and counts are in floats; every storage starts on a 64-byte line.
struct MemoryPlan {
  /// Floats on a line.
  static let line = 16

  private(set) var offsets: [Int]
  private(set) var count = 0
  private var placed: [Placement] = []

  private struct Placement {
    let first: Int
    let last: Int
    let start: Int
    let end: Int
  }

  /// Stops when the arena has more than `limit` floats: `count` is then larger than that. No storage may be.
  init(_ storages: [Liveness.Storage], limit: Int) {
    offsets = Array(repeating: 0, count: storages.count)
    let sizes = storages.map { Self.rounded($0.count) }
    // What fits one line is not worth sharing: a graph of thousands of scalars would be searched for nothing.
    let order = storages.indices.filter { sizes[$0] > Self.line }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    for index in order {
      place(index, storages[index], size: sizes[index])
      guard count <= limit else { return }
    }
    for index in storages.indices where sizes[index] <= Self.line {
      offsets[index] = count
      count += sizes[index]
    }
  }

  static func rounded(_ count: Int) -> Int { max(1, (count + line - 1) / line) * line }

  private mutating func place(_ index: Int, _ storage: Liveness.Storage, size: Int) {
    var start = 0
    for other in placed where other.first <= storage.last && storage.first <= other.last {
      if start + size <= other.start { break }
      start = max(start, other.end)
    }
    offsets[index] = start
    count = max(count, start + size)
    let placement = Placement(first: storage.first, last: storage.last, start: start, end: start + size)
    placed.insert(placement, at: placed.firstIndex { $0.start > start } ?? placed.count)
  }
}
