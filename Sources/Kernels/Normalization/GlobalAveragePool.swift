/// The mean over the pixels of every channel of every image.
public enum GlobalAveragePool {
  /// `y` [N, C] ← means of `x` [N, C, P], which do not overlap. The images are shared out to the threads.
  public static func forward(
    x: UnsafePointer<Float>, _ layout: ChannelLayout, into y: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let pixels = layout.pixels
    pool.split(layout.images, minimumPart: layout.smallestPartInImages) { _, images in
      for run in (images.lowerBound * layout.channels)..<(images.upperBound * layout.channels) {
        y[run] = sum(x + run * pixels, pixels) / Float(pixels)
      }
    }
  }

  /// `result` [N, C, P] ← `gradient` [N, C] / P at every pixel: the adjoint of `forward`.
  public static func gradient(
    _ gradient: UnsafePointer<Float>, _ layout: ChannelLayout, into result: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let pixels = layout.pixels
    pool.split(layout.images, minimumPart: layout.smallestPartInImages) { _, images in
      for run in (images.lowerBound * layout.channels)..<(images.upperBound * layout.channels) {
        (result + run * pixels).update(repeating: gradient[run] / Float(pixels), count: pixels)
      }
    }
  }

  @inline(__always)
  private static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = SIMD16<Float>.zero
    var index = 0
    while index + 16 <= count {
      lanes += (x + index).load(SIMD16<Float>.self)
      index += 16
    }
    var sum = lanes.sum()
    while index < count {
      sum += x[index]
      index += 1
    }
    return sum
  }
}
