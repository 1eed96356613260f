import Foundation

/// torchvision's `GaussianBlur`: a separable kernel of odd size, the border reflected (the edge pixel not repeated).
/// The size is SimCLR's tenth of the image's side, at least 3.
enum GaussianBlur {
  static func kernelSize(_ shape: ImageShape) -> Int { 2 * max(1, min(shape.height, shape.width) / 20) + 1 }

  /// Blurs each plane in place. `scratch`: a plane.
  static func apply(
    to image: UnsafeMutablePointer<Float>, shape: ImageShape, deviation: Float, scratch: UnsafeMutablePointer<Float>
  ) {
    let radius = kernelSize(shape) / 2
    let unscaled = (-radius...radius).map { exp(-0.5 * Float($0 * $0) / (deviation * deviation)) }
    let total = unscaled.reduce(0, +)
    let kernel = unscaled.map { $0 / total }
    for channel in 0..<shape.channels {
      let plane = image + channel * shape.planeCount
      convolve(plane, into: scratch, lines: (shape.height, shape.width), along: (shape.width, 1), kernel)
      convolve(scratch, into: plane, lines: (shape.width, 1), along: (shape.height, shape.width), kernel)
    }
  }

  /// Convolves every line of a plane. `lines`, `along`: how many lines and values on a line there are, and how far apart.
  private static func convolve(
    _ source: UnsafeMutablePointer<Float>, into target: UnsafeMutablePointer<Float>, lines: (count: Int, stride: Int),
    along: (count: Int, stride: Int), _ kernel: [Float]
  ) {
    let radius = kernel.count / 2
    for line in 0..<lines.count {
      for position in 0..<along.count {
        var sum: Float = 0
        for tap in -radius...radius {
          let from = reflected(position + tap, count: along.count)
          sum += kernel[tap + radius] * source[line * lines.stride + from * along.stride]
        }
        target[line * lines.stride + position * along.stride] = sum
      }
    }
  }

  /// …2 1 | 0 1 2 … n-1 | n-2 …; kept inside when a line is shorter than the kernel.
  private static func reflected(_ position: Int, count: Int) -> Int {
    let folded = position < 0 ? -position : position < count ? position : 2 * (count - 1) - position
    return min(count - 1, max(0, folded))
  }
}
