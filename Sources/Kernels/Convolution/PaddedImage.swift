/// An image with zeros around it, so that a kernel may reach over its edge:
///
///     p [height + 2·padding, width + 2·padding, channels],   p[i, j, c] = x[i − padding, j − padding, c]
///
/// For one row a of a kernel, all that an output reads, (b, c), is then one run of `side` · channels floats.
struct PaddedImage: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  let padding: Int
  /// Whether images are read as [channels, height, width]; only with padding.
  var readsPlanes = false

  /// Floats, with what a tile of 12 rows may read behind the last pixel.
  var count: Int { padding == 0 ? height * width * channels : (height + 2 * padding) * lineStride + 16 }
  /// From one line to the next.
  var lineStride: Int { (width + 2 * padding) * channels }
  /// Floats of scratch for so many images; none where there is nothing to pad.
  func scratchCount(images: Int) -> Int { padding == 0 ? 0 : aligned(images * count) }

  /// Where `images` images that begin at `source` lie padded: in `scratch`, whose padding was cleared before, or where they are.
  func filled(_ scratch: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>, images: Int) -> UnsafePointer<Float> {
    if padding == 0 { return source }
    for image in 0..<images { fill(scratch + image * count, from: source + image * height * width * channels) }
    return UnsafePointer(scratch)
  }

  /// Writes one image, all but the padding.
  private func fill(_ target: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
    if readsPlanes { return fill(target, fromPlanes: image) }
    let line = width * channels
    for i in 0..<height {
      (target + (i + padding) * lineStride + padding * channels).update(from: image + i * line, count: line)
    }
  }

  private func fill(_ target: UnsafeMutablePointer<Float>, fromPlanes planes: UnsafePointer<Float>) {
    for i in 0..<height {
      let line = target + (i + padding) * lineStride + padding * channels
      for channel in 0..<channels {
        let source = planes + (channel * height + i) * width
        for j in 0..<width { line[j * channels + channel] = source[j] }
      }
    }
  }

  /// The adjoint of `fill`.
  func empty(_ source: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>) {
    let line = width * channels
    for i in 0..<height {
      (image + i * line).update(from: source + (i + padding) * lineStride + padding * channels, count: line)
    }
  }
}
