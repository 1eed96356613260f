/// The colour operations of torchvision on float images in [0, 1], in place on planes of `count` values; results are clamped to [0, 1].
/// The planes of one image are distinct and do not overlap.
enum ColorKernels {
  typealias Plane = UnsafeMutablePointer<Float>

  @inline(__always)
  private static func clamped(_ value: Float) -> Float { min(1, max(0, value)) }

  /// ITU-R 601's luminance, with the digits of torchvision.
  @inline(__always)
  private static func luminance(_ red: Float, _ green: Float, _ blue: Float) -> Float {
    0.2989 * red + 0.587 * green + 0.114 * blue
  }

  /// x ← factor·x + shift. `adjust_brightness` has no shift; `adjust_contrast` has (1 - factor)·(mean luminance of the image).
  static func scale(_ plane: Plane, count: Int, factor: Float, shift: Float = 0) {
    for index in 0..<count { plane[index] = clamped(factor * plane[index] + shift) }
  }

  /// `adjust_saturation`: x ← factor·x + (1 - factor)·luminance.
  static func saturate(_ red: Plane, _ green: Plane, _ blue: Plane, count: Int, factor: Float) {
    for index in 0..<count {
      let gray = (1 - factor) * luminance(red[index], green[index], blue[index])
      red[index] = clamped(factor * red[index] + gray)
      green[index] = clamped(factor * green[index] + gray)
      blue[index] = clamped(factor * blue[index] + gray)
    }
  }

  /// `rgb_to_grayscale`, kept in three planes.
  static func gray(_ red: Plane, _ green: Plane, _ blue: Plane, count: Int) {
    for index in 0..<count {
      let gray = luminance(red[index], green[index], blue[index])
      red[index] = gray
      green[index] = gray
      blue[index] = gray
    }
  }

  /// `adjust_hue`: turns the hue by `turns` of the circle, keeping value and chroma.
  ///
  /// torchvision goes to HSV and back through six cases. The same map without cases: with V = max, C = max - min and the hue H in sixths,
  /// a channel is V - C·clamp(min(k, 4 - k)), k = (n + H) mod 6, n = 5, 3, 1 for red, green, blue.
  static func turnHue(_ red: Plane, _ green: Plane, _ blue: Plane, count: Int, turns: Float) {
    for index in 0..<count {
      let (r, g, b) = (red[index], green[index], blue[index])
      let value = max(r, max(g, b))
      let chroma = value - min(r, min(g, b))
      let inverse = 1 / (chroma > 0 ? chroma : 1)
      let ofBlue = 4 + (r - g) * inverse
      let ofGreenOrBlue = value == g ? 2 + (b - r) * inverse : ofBlue
      let hue = (value == r ? (g - b) * inverse : ofGreenOrBlue) + 6 * turns
      red[index] = channel(5, hue, value, chroma)
      green[index] = channel(3, hue, value, chroma)
      blue[index] = channel(1, hue, value, chroma)
    }
  }

  @inline(__always)
  private static func channel(_ number: Float, _ hue: Float, _ value: Float, _ chroma: Float) -> Float {
    let sum = number + hue
    let k = sum - 6 * (sum * (1 / 6)).rounded(.down)
    return value - chroma * clamped(min(k, 4 - k))
  }

  /// The mean luminance.
  static func meanLuminance(_ red: Plane, _ green: Plane, _ blue: Plane, count: Int) -> Float {
    luminance(mean(red, count: count), mean(green, count: count), mean(blue, count: count))
  }

  /// Eight partial sums, so that the additions need not wait for one another.
  static func mean(_ plane: Plane, count: Int) -> Float {
    var sums = SIMD8<Float>.zero
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      sums += UnsafeRawPointer(plane + index).loadUnaligned(as: SIMD8<Float>.self)
    }
    var sum = sums.sum()
    for index in whole..<count { sum += plane[index] }
    return sum / Float(count)
  }
}
