import Datasets
import Graph

/// A program in evaluation statistics that makes one row for each image: features, projections, or the online probe's logits.
public struct EvaluationProgram {
  public let program: Program
  /// [B, C, H, W].
  public let images: InputSlot
  /// The output [B, F].
  public let output: Int
  /// F.
  public let width: Int

  public init(program: Program, images: InputSlot, output: Int, width: Int) {
    self.program = program
    self.images = images
    self.output = output
    self.width = width
  }

  /// The rows of all images of `split`, unaugmented; fewer where `stop` was requested meanwhile.
  public func features(of split: ImageSplit, normalization: Normalization, stop: StopSignal? = nil) -> FeatureTable {
    var values: [Float] = []
    values.reserveCapacity(split.count * width)
    forEachChunk(of: split, normalization: normalization, stop) { _, rows in values += rows }
    return FeatureTable(width: width, values: values, labels: Array(split.labels.prefix(values.count / width)))
  }

  /// The percentage of images whose label is the column of their largest value (of equal ones, the first); of no meaning where `stop` was requested
  /// meanwhile.
  public func accuracy(on split: ImageSplit, normalization: Normalization, stop: StopSignal? = nil) -> Double {
    var correct = 0
    forEachChunk(of: split, normalization: normalization, stop) { range, rows in
      for (offset, image) in range.enumerated() {
        let row = UnsafeBufferPointer(rebasing: rows[offset * width..<(offset + 1) * width])
        if largestIndex(row) == Int(split.labels[image]) { correct += 1 }
      }
    }
    return split.count == 0 ? .nan : 100 * Double(correct) / Double(split.count)
  }

  /// B images at a time. In evaluation statistics a row depends on its own image alone, so what is left in the slot beyond the last
  /// images changes nothing, and is not passed on.
  private func forEachChunk(
    of split: ImageSplit, normalization: Normalization, _ stop: StopSignal?, _ body: (Range<Int>, UnsafeBufferPointer<Float>) -> Void
  ) {
    let size = images.shape[0]
    for start in stride(from: 0, to: split.count, by: size) {
      if stop?.isRequested == true { return }
      let range = start..<min(split.count, start + size)
      split.fillPlain(range, normalization: normalization, images: images.buffer.pointer)
      program.run(RunContext())
      body(range, UnsafeBufferPointer(start: program.pointer(to: output), count: range.count * width))
    }
  }
}

/// The place of the largest value, the first of equal ones; 0 when there is none.
func largestIndex(_ values: UnsafeBufferPointer<Float>) -> Int {
  var best = 0
  for index in values.indices where values[index] > values[best] { best = index }
  return best
}
