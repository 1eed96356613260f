/// An input image with its channels side by side and zeros around it:
///
///     p [height, width, channels],   p[i, j, c] = x[c, i − padding, j − padding]
///
/// For one row a of the kernel, all that an output reads, (b, c), is then one run of floats: `side` · channels of them.
struct ChannelsLastImage: Sendable {
  private let geometry: ConvolutionGeometry
  private let height: Int
  private let width: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    height = geometry.stride * (geometry.outputHeight - 1) + geometry.side
    width = geometry.stride * (geometry.outputWidth - 1) + geometry.side
  }

  private var channels: Int { geometry.inputChannels }
  /// Of one image, without the floats that a vector may read behind the last.
  var count: Int { height * width * channels }
  /// From one line of the image to the next.
  var lineStride: Int { width * channels }
  /// Vectors that cover what one row of the kernel reads.
  var vectorsPerRow: Int { (geometry.side * channels + 15) / 16 }

  /// Writes one image, all but the padding: it must be 0 before.
  func fill(_ target: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
    let padding = geometry.padding
    let columns = min(geometry.width, width - padding)
    guard columns > 0 else { return }
    for line in 0..<max(0, min(geometry.height, height - padding)) {
      transpose(
        image + line * geometry.width, columns: columns, to: target + ((line + padding) * width + padding) * channels)
    }
  }

  /// [channels, columns] of one line to [columns, channels].
  @inline(__always)
  private func transpose(_ line: UnsafePointer<Float>, columns: Int, to target: UnsafeMutablePointer<Float>) {
    let plane = geometry.height * geometry.width
    for column in 0..<columns {
      for channel in 0..<channels { target[column * channels + channel] = line[channel * plane + column] }
    }
  }
}
