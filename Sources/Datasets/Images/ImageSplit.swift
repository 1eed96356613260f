/// The images of one half of a data set (train or test), whole in memory and never changed.
public final class ImageSplit: Sendable {
  public let shape: ImageShape
  /// [count, channels, height, width], 0…255.
  public var pixels: [UInt8] { drawn.value }
  private let drawn: Once<[UInt8]>
  /// [count], each in 0..<classCount of the data set.
  public var labels: [Int32] { labelled.value }
  private let labelled: Once<[Int32]>
  /// Images.
  public let count: Int

  /// - Precondition: `pixels` holds `labels.count` images of `shape`.
  public convenience init(shape: ImageShape, pixels: [UInt8], labels: [Int32]) {
    self.init(shape: shape, labels: labels) { pixels }
  }

  /// Images that are drawn when they are first looked at.
  /// - Precondition: `draw` makes `labels.count` images of `shape`.
  convenience init(shape: ImageShape, labels: [Int32], draw: @escaping @Sendable () -> [UInt8]) {
    self.init(shape: shape, count: labels.count, labels: { labels }, draw: draw)
  }

  /// Images and labels that are made when they are first looked at.
  /// - Precondition: `draw` makes `count` images of `shape`, and `labels` so many labels.
  init(shape: ImageShape, count: Int, labels: @escaping @Sendable () -> [Int32], draw: @escaping @Sendable () -> [UInt8]) {
    self.shape = shape
    self.count = count
    labelled = Once(labels)
    drawn = Once(draw)
  }

  /// Images that `read` brings when they are first looked at, and their labels too where none are given. Somebody may have changed the files
  /// by then: what cannot be read, or has another shape or count, is black.
  convenience init(outlined shape: ImageShape, count: Int, labels: [Int32]? = nil, read: @escaping @Sendable () -> ImageSplit?) {
    let whole = Once { read().flatMap { $0.shape == shape && $0.count == count ? $0 : nil } }
    self.init(shape: shape, count: count, labels: { labels ?? whole.value?.labels ?? Array(repeating: 0, count: count) }) {
      whole.value?.pixels ?? Array(repeating: 0, count: count * shape.valueCount)
    }
  }

  /// Images `rows` as they are, normalised: what evaluation sees.
  ///
  /// - Parameters:
  ///   - rows: image numbers, each in 0..<count.
  ///   - images: receives [rows.count, channels, height, width].
  ///   - labels: receives [rows.count].
  public func fillPlain(
    _ rows: some Collection<Int>, normalization: Normalization, images: UnsafeMutablePointer<Float>,
    labels: UnsafeMutablePointer<Int32>? = nil
  ) {
    let known = self.labels
    pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for (position, row) in rows.enumerated() {
        let image = images + position * shape.valueCount
        UnitPixels.convert(base + row * shape.valueCount, count: shape.valueCount, into: image)
        normalization.apply(to: image, shape: shape)
        labels?[position] = known[row]
      }
    }
  }

  /// Images whose label is under `classCount`; nil: all.
  func count(ofClasses classCount: Int?) -> Int {
    guard let classCount else { return count }
    return labels.lazy.filter { $0 < Int32(classCount) }.count
  }

  /// The first `limit` images whose label is under `classCount`, in order; nil keeps all.
  func prefix(_ limit: Int?, classCount: Int?) -> ImageSplit {
    let limit = limit ?? count
    guard let classCount else {
      guard limit < count else { return self }
      return ImageSplit(shape: shape, count: limit, labels: { [self] in Array(labels.prefix(limit)) }) { [self] in
        Array(pixels.prefix(limit * shape.valueCount))
      }
    }
    let known = labels
    let rows = Array(known.indices.lazy.filter { known[$0] < Int32(classCount) }.prefix(limit))
    guard rows.count < count else { return self }
    return ImageSplit(shape: shape, labels: rows.map { known[$0] }) { [self] in
      var pixels: [UInt8] = []
      pixels.reserveCapacity(rows.count * shape.valueCount)
      let all = self.pixels
      for row in rows { pixels += all[row * shape.valueCount..<(row + 1) * shape.valueCount] }
      return pixels
    }
  }
}
