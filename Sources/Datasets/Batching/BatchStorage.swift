/// The memory of one batch, used again for batch after batch.
final class BatchStorage: @unchecked Sendable {
  // Unchecked: a storage has one owner at a time, handed on under the prefetcher's lock.
  let images: [UnsafeMutablePointer<Float>]
  let labels: UnsafeMutablePointer<Int32>
  let indices: UnsafeMutablePointer<Int32>

  init(for source: BatchSource) {
    let values = source.batch * source.shape.valueCount
    images = (0..<source.views).map { _ in
      let pointer = UnsafeMutablePointer<Float>.allocate(capacity: values)
      pointer.initialize(repeating: 0, count: values)
      return pointer
    }
    labels = .allocate(capacity: source.batch)
    labels.initialize(repeating: 0, count: source.batch)
    indices = .allocate(capacity: source.batch)
    indices.initialize(repeating: 0, count: source.batch)
  }

  deinit {
    for pointer in images { pointer.deallocate() }
    labels.deallocate()
    indices.deallocate()
  }
}
