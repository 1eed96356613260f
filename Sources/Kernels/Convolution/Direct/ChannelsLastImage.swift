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
    guard channels % 16 == 0 && plane % 16 == 0 else { return fillSingly(target, from: image) }
    let isOneLine = geometry.width % 16 == 0
    for pixel in stride(from: 0, to: plane, by: 16) {
      let first = place(of: pixel)
      for channel in stride(from: 0, to: channels, by: 16) {
        Transposition.run(image + channel * plane + pixel, stride: plane, scratch: scratch) {
          target + channel + (isOneLine ? first + $0 * channels : place(of: pixel + $0))
        }
      }
    }
  }

  private func fillSingly(_ target: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
    let plane = geometry.height * geometry.width
    for line in 0..<geometry.height {
      let (source, target) = (image + line * geometry.width, target + place(of: line * geometry.width))
      for channel in 0..<channels {
        for column in 0..<geometry.width { target[column * channels + channel] = source[channel * plane + column] }
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
