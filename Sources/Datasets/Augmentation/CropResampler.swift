/// Cuts a box out of an image of bytes and stretches it to the image's size (bicubic, see `BicubicTaps`), mirrored if asked, as numbers
/// in [0, 1]. What overshoots is clamped, as PIL does (torchvision's float path leaves it).
///
/// Holds scratch memory, so that a call allocates nothing; not for two threads at once.
final class CropResampler {
  private let shape: ImageShape
  private var rows: BicubicTaps
  private var columns: BicubicTaps
  /// [height, stride]: the box as numbers, then the box stretched downwards. A row ends in zeros, for taps with no weight.
  private let box: UnsafeMutablePointer<Float>
  private let tall: UnsafeMutablePointer<Float>
  private let stride: Int

  init(shape: ImageShape) {
    self.shape = shape
    stride = shape.width + 4
    rows = BicubicTaps(capacity: shape.height)
    columns = BicubicTaps(capacity: shape.width)
    box = .allocate(capacity: shape.height * stride)
    tall = .allocate(capacity: shape.height * stride)
    box.initialize(repeating: 0, count: shape.height * stride)
    tall.initialize(repeating: 0, count: shape.height * stride)
  }

  deinit {
    box.deallocate()
    tall.deallocate()
  }

  /// `pixels`, `image`: [channels, height, width]; `crop` lies within.
  func resample(_ pixels: UnsafePointer<UInt8>, _ crop: CropBox, flip: Bool, into image: UnsafeMutablePointer<Float>) {
    rows.set(input: crop.height, output: shape.height)
    columns.set(input: crop.width, output: shape.width)
    for channel in 0..<shape.channels {
      cut(pixels + channel * shape.planeCount, crop)
      stretchDown(width: crop.width)
      stretchAcross(flip: flip, into: image + channel * shape.planeCount)
    }
  }

  private func cut(_ plane: UnsafePointer<UInt8>, _ crop: CropBox) {
    for row in 0..<crop.height {
      UnitPixels.convert(plane + (crop.top + row) * shape.width + crop.left, count: crop.width, into: box + row * stride)
    }
  }

  /// [crop.height, width] to [height, width]; the next three values of each row become 0.
  private func stretchDown(width: Int) {
    let lastRow = shape.height - 1
    for row in 0..<shape.height {
      let start = rows.starts[row]
      let weight = rows.weights[row]
      let target = tall + row * stride
      // Rows past the box have no weight, and are only kept inside the buffer.
      let row0 = box + start * stride
      let row1 = box + min(start + 1, lastRow) * stride
      let row2 = box + min(start + 2, lastRow) * stride
      let row3 = box + min(start + 3, lastRow) * stride
      for x in 0..<width {
        target[x] = weight[0] * row0[x] + weight[1] * row1[x] + weight[2] * row2[x] + weight[3] * row3[x]
      }
      for x in width..<width + 3 { target[x] = 0 }
    }
  }

  /// [height, crop.width] to [height, width].
  private func stretchAcross(flip: Bool, into plane: UnsafeMutablePointer<Float>) {
    columns.starts.withUnsafeBufferPointer { starts in
      columns.weights.withUnsafeBufferPointer { weights in
        for row in 0..<shape.height {
          let source = UnsafeRawPointer(tall + row * stride)
          let target = plane + row * shape.width
          for x in 0..<shape.width {
            let taps = source.loadUnaligned(fromByteOffset: starts[x] * MemoryLayout<Float>.stride, as: SIMD4<Float>.self)
            target[flip ? shape.width - 1 - x : x] = min(1, max(0, (taps * weights[x]).sum()))
          }
        }
      }
    }
  }
}
