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
    // At least the whole image, also where the last outputs do not reach its edge.
    height = max(geometry.stride * (geometry.outputHeight - 1) + geometry.side, geometry.height + geometry.padding)
    width = max(geometry.stride * (geometry.outputWidth - 1) + geometry.side, geometry.width + geometry.padding)
  }

  private var channels: Int { geometry.inputChannels }
  /// Of one image, without the floats that a vector may read behind the last.
  var count: Int { height * width * channels }
  /// From one line of the image to the next.
  var lineStride: Int { width * channels }
  /// Vectors that cover what one row of the kernel reads.
  var vectorsPerRow: Int { (geometry.side * channels + 15) / 16 }

  /// Writes one image, all but the padding: it must be 0 before. `scratch` holds `Transposition.scratchCount` floats.
  func fill(_ target: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>) {
    let plane = geometry.height * geometry.width
    if channels % 16 == 0 && plane % 16 == 0 {
      for pixel in stride(from: 0, to: plane, by: 16) {
        for channel in stride(from: 0, to: channels, by: 16) {
          Transposition.run(image + channel * plane + pixel, stride: plane, scratch: scratch) { target + place(of: pixel + $0) + channel }
        }
      }
    } else {
      for pixel in 0..<plane {
        let place = place(of: pixel)
        for channel in 0..<channels { target[place + channel] = image[channel * plane + pixel] }
      }
    }
  }

  /// Where the channels of a pixel of the image lie.
  @inline(__always)
  private func place(of pixel: Int) -> Int {
    let (line, column) = pixel.quotientAndRemainder(dividingBy: geometry.width)
    return ((line + geometry.padding) * width + column + geometry.padding) * channels
  }
}
