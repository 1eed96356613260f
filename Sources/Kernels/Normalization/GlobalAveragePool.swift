/// The mean over the pixels of every channel of every image. Arrays do not overlap; the images are shared out to the threads.
public enum GlobalAveragePool {
  /// `y` [N, C] ← means of `x` [N, P, C].
  public static func forward(
    x: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int, into y: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    pool.split(images, minimumPart: smallestPart(pixels, channels)) { _, images in
      for image in images {
        let target = y + image * channels
        target.update(repeating: 0, count: channels)
        for pixel in 0..<pixels {
          let source = x + (image * pixels + pixel) * channels
          for channel in 0..<channels { target[channel] += source[channel] }
        }
        for channel in 0..<channels { target[channel] /= Float(pixels) }
      }
    }
  }

  /// `result` [N, P, C] ← `gradient` [N, C] / P at every pixel: the adjoint of `forward`.
  public static func gradient(
    _ gradient: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int, into result: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    let factor = 1 / Float(pixels)
    pool.split(images, minimumPart: smallestPart(pixels, channels)) { _, images in
      for image in images {
        let source = gradient + image * channels
        for pixel in 0..<pixels {
          let target = result + (image * pixels + pixel) * channels
          for channel in 0..<channels { target[channel] = source[channel] * factor }
        }
      }
    }
  }

  /// In images: some 16,000 entries.
  private static func smallestPart(_ pixels: Int, _ channels: Int) -> Int { max(1, (1 << 14) / max(1, pixels * channels)) }
}
