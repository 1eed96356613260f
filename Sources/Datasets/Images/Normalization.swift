/// `(x - mean) / deviation`, channel by channel, of pixels in [0, 1].
public struct Normalization: Hashable, Sendable {
  public let mean: [Float]
  public let deviation: [Float]

  /// - Precondition: one number a channel in both; no deviation is 0.
  public init(mean: [Float], deviation: [Float]) {
    self.mean = mean
    self.deviation = deviation
  }

  /// The constants of A.1, which the paper uses for CIFAR-10 and CIFAR-100 alike.
  public static let paper = Normalization(mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.243, 0.261])

  /// The mean and the deviation (dividing by the count) of every channel over all pixels of `split`.
  /// A channel that never changes is shifted only: its deviation is taken as 1.
  public init(measuring split: ImageSplit) {
    let shape = split.shape
    var sums = [(first: UInt64, second: UInt64)](repeating: (0, 0), count: shape.channels)
    split.pixels.withUnsafeBufferPointer { pixels in
      for image in 0..<split.count {
        for channel in 0..<shape.channels {
          let start = (image * shape.channels + channel) * shape.planeCount
          // A plane's sum of squares fits 32 bits only up to 256×256 pixels, so 64 are used throughout.
          var first: UInt64 = 0
          var second: UInt64 = 0
          for index in start..<start + shape.planeCount {
            let value = UInt64(pixels[index])
            first &+= value
            second &+= value &* value
          }
          sums[channel].first &+= first
          sums[channel].second &+= second
        }
      }
    }
    let count = Double(max(1, split.count * shape.planeCount))
    let means = sums.map { Double($0.first) / count }
    mean = means.map { Float($0 / 255) }
    deviation = zip(sums, means).map { sum, mean in
      let variance = max(0, Double(sum.second) / count - mean * mean)
      return variance > 1e-9 ? Float(variance.squareRoot() / 255) : 1
    }
  }

  /// Normalises one image in place.
  @inline(__always)
  public func apply(to image: UnsafeMutablePointer<Float>, shape: ImageShape) {
    for channel in 0..<shape.channels {
      let plane = image + channel * shape.planeCount
      let scale = 1 / deviation[channel]
      let shift = -mean[channel] * scale
      for index in 0..<shape.planeCount { plane[index] = plane[index] * scale + shift }
    }
  }
}

extension Normalization {
  /// A normalised image as the bytes that it came from, or lies nearest to.
  public func bytes(of image: UnsafePointer<Float>, shape: ImageShape) -> [UInt8] {
    (0..<shape.valueCount).map { index in
      let channel = index / shape.planeCount
      let value = (image[index] * deviation[channel] + mean[channel]) * 255
      return value.isFinite ? UInt8(min(max(value.rounded(), 0), 255)) : 0
    }
  }
}
