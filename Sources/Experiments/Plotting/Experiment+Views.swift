import Datasets
import SourceText

/// Images as they are, and the views that training will make of them.
public struct SampledViews {
  public let shape: ImageShape
  /// [image][channels, height, width]
  public let originals: [[UInt8]]
  /// [view][image][channels, height, width]
  public let views: [[[UInt8]]]
  public let classNames: [String]
}

extension Experiment {
  /// The first images of the next training batch, which is not used up: batches are a function of the seed and the step.
  public func sampleViews(_ count: Int, at site: SourceSpan?) throws(Diagnostic) -> SampledViews {
    let source = try requireSource(at: site)
    let dataset = try requireDataset(at: site)
    let size = source.shape.valueCount
    let floats = UnsafeMutablePointer<Float>.allocate(capacity: source.views * source.batch * size)
    defer { floats.deallocate() }
    let targets = (0..<source.views).map { floats + $0 * source.batch * size }
    var numbers = [Int32](repeating: 0, count: source.batch)
    numbers.withUnsafeMutableBufferPointer { source.fill(step: position, images: targets, indices: $0.baseAddress) }
    let shown = numbers.prefix(count).map(Int.init)
    return SampledViews(
      shape: source.shape, originals: shown.map { Array(source.split.pixels[$0 * size..<($0 + 1) * size]) },
      views: targets.map { view in shown.indices.map { source.normalization.bytes(of: view + $0 * size, shape: source.shape) } },
      classNames: shown.map { dataset.classNames[Int(source.split.labels[$0])] })
  }
}
