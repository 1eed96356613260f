import Datasets
import Kernels
import Testing

/// What one `fill` writes.
struct FilledBatch: Equatable {
  var images: [[Float]]
  var labels: [Int32]
  var indices: [Int32]

  init(_ source: BatchSource, step: Int) {
    let values = source.batch * source.shape.valueCount
    let pointers = (0..<source.views).map { _ in UnsafeMutablePointer<Float>.allocate(capacity: values) }
    for pointer in pointers { pointer.initialize(repeating: .nan, count: values) }
    labels = [Int32](repeating: -1, count: source.batch)
    indices = [Int32](repeating: -1, count: source.batch)
    source.fill(step: step, images: pointers, labels: &labels, indices: &indices)
    images = pointers.map { Array(UnsafeBufferPointer(start: $0, count: values)) }
    for pointer in pointers { pointer.deallocate() }
  }

  init(_ batch: PreparedBatch, values: Int) {
    images = batch.images.map { Array(UnsafeBufferPointer(start: $0, count: values)) }
    labels = Array(UnsafeBufferPointer(start: batch.labels, count: batch.count))
    indices = Array(UnsafeBufferPointer(start: batch.indices, count: batch.count))
  }
}

struct BatchSourceTests {
  static func source(
    images: Int = 50, channels: Int = 3, side: Int = 12, batch: Int = 8, views: Int = 2, _ augmentation: Augmentation = .paper,
    seed: UInt64 = 0
  ) throws -> BatchSource {
    let shape = ImageShape(channels: channels, height: side, width: side)
    let noise = RandomStream(seed: 99, name: "pixels")
    let pixels = (0..<images * shape.valueCount).map { UInt8(noise.words(at: UInt64($0))[0] & 255) }
    let split = ImageSplit(shape: shape, pixels: pixels, labels: (0..<images).map { Int32($0 % 10) })
    return try BatchSource(
      split: split, normalization: Normalization(measuring: split), batch: batch, views: views, augmentation: augmentation,
      seed: seed)
  }

  @Test func isAPureFunctionOfTheStep() throws {
    let source = try Self.source()
    let inOrder = (0..<14).map { FilledBatch(source, step: $0) }
    for step in [13, 0, 7, 6, 12, 3, 3] { #expect(FilledBatch(source, step: step) == inOrder[step]) }
    #expect(FilledBatch(try Self.source(), step: 9) == inOrder[9])
    #expect(FilledBatch(try Self.source(seed: 1), step: 9) != inOrder[9])
    #expect(inOrder.allSatisfy { $0.images.allSatisfy { $0.allSatisfy(\.isFinite) } })
  }

  @Test func anEpochMeetsEveryImageOnceButTheLastFew() throws {
    let source = try Self.source()
    #expect(source.stepsPerEpoch == 6)
    let epochs = (0..<3).map { epoch in (0..<6).flatMap { FilledBatch(source, step: 6 * epoch + $0).indices } }
    for (epoch, indices) in epochs.enumerated() {
      #expect(indices.count == 48 && Set(indices).count == 48)
      let order = RandomStream(seed: 0, name: "order").substream(epoch).permutation(50)
      #expect(indices == order.prefix(48).map { Int32($0) })
    }
    #expect(Set(epochs).count == 3)
    let batch = FilledBatch(source, step: 4)
    #expect(batch.labels == batch.indices.map { $0 % 10 })
  }

  /// The number of views and the size of the batch do not change a view: an image's first views are the same.
  @Test func aViewDependsOnEpochImageAndViewAlone() throws {
    let two = FilledBatch(try Self.source(), step: 0)
    let five = FilledBatch(try Self.source(views: 5), step: 0)
    #expect(Array(five.images.prefix(2)) == two.images)
    #expect(Set(five.images).count == 5)
    let large = FilledBatch(try Self.source(batch: 16), step: 0)
    #expect(Array(large.images[1].prefix(8 * 432)) == two.images[1])
  }

  @Test func viewsOfAnImageDifferAndChangeWithTheEpoch() throws {
    let source = try Self.source(images: 8)
    let first = FilledBatch(source, step: 0)
    let second = FilledBatch(source, step: 1)
    for row in 0..<8 {
      let image = Array(first.images[0][row * 432..<(row + 1) * 432])
      #expect(image != Array(first.images[1][row * 432..<(row + 1) * 432]))
      let again = try #require(second.indices.firstIndex(of: first.indices[row]))
      #expect(image != Array(second.images[0][again * 432..<(again + 1) * 432]))
    }
  }

  @Test func withoutAugmentationAViewIsThePlainImage() throws {
    let source = try Self.source(views: 1, .none)
    let batch = FilledBatch(source, step: 2)
    var plain = [Float](repeating: .nan, count: batch.images[0].count)
    var labels = [Int32](repeating: -1, count: 8)
    source.fillPlain(batch.indices.map { Int($0) }, images: &plain, labels: &labels)
    #expect(batch.images[0] == plain)
    #expect(batch.labels == labels)
    let expected = (Float(source.split.pixels[Int(batch.indices[0]) * 432 + 5]) / 255 - source.normalization.mean[0])
    #expect(abs(plain[5] - expected / source.normalization.deviation[0]) < 1e-5)
  }

  @Test func fillsARangePlainly() throws {
    let source = try Self.source()
    var images = [Float](repeating: .nan, count: 3 * 432)
    source.split.fillPlain(10..<13, normalization: source.normalization, images: &images)
    var single = [Float](repeating: .nan, count: 432)
    source.split.fillPlain([12], normalization: source.normalization, images: &single)
    #expect(images.allSatisfy(\.isFinite) && Array(images.suffix(432)) == single)
  }

  /// Of a grey image jitter changes brightness and contrast only; saturation, hue and grey do nothing.
  @Test func greyImagesStayGrey() throws {
    var colors = Augmentation.none
    colors.jitter = [0, 0, 0.9, 0.5]
    colors.jitterProbability = 1
    colors.gray = 1
    let changed = FilledBatch(try Self.source(channels: 1, side: 28, colors), step: 0)
    let plain = FilledBatch(try Self.source(channels: 1, side: 28, .none), step: 0)
    for (one, other) in zip(changed.images[0], plain.images[0]) { #expect(abs(one - other) < 1e-4) }
    #expect(FilledBatch(try Self.source(channels: 1, side: 28), step: 0).images[0].count == 8 * 784)
  }

  @Test func refusesWhatItCannotDo() throws {
    let small = #expect(throws: DatasetError.self) { try Self.source(images: 5, batch: 6) }
    #expect(small?.message == "batch is 6, it must be 2 to 5")
    #expect(small?.hint == "there are 5 training images")
    for batch in [0, -1, .min, .max] { #expect(throws: DatasetError.self) { try Self.source(batch: batch) } }
    for views in [0, -1, 65, .max] { #expect(throws: DatasetError.self) { try Self.source(views: views) } }
    #expect(throws: DatasetError.self) { try Self.source(images: 0, batch: 1) }
    var wrong = Augmentation.paper
    wrong.jitter = []
    #expect(throws: DatasetError.self) { try Self.source(wrong) }
    #expect(try Self.source(images: 5, batch: 5).stepsPerEpoch == 1)
  }
}
