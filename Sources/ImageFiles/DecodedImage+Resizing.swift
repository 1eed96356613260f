extension DecodedImage {
  /// The image at another size: each pixel the mean of those that it covers, weighted by a triangle as wide as two of its own size (Pillow's
  /// `BILINEAR`, whose 8-bit arithmetic this is, value for value).
  public func resized(width newWidth: Int, height newHeight: Int) -> DecodedImage {
    guard newWidth != width || newHeight != height else { return self }
    let across = newWidth == width ? self : resizedAcross(to: newWidth)
    return newHeight == height ? across : across.resizedDown(to: newHeight)
  }

  private func resizedAcross(to newWidth: Int) -> DecodedImage {
    let taps = ResizingTaps.list(from: width, to: newWidth)
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * height * channels)
    for row in 0..<height {
      for tap in taps {
        for channel in 0..<channels { result.append(tap.sum(pixels, start: row * width * channels + channel, step: channels)) }
      }
    }
    return DecodedImage(width: newWidth, height: height, channels: channels, pixels: result)
  }

  private func resizedDown(to newHeight: Int) -> DecodedImage {
    let taps = ResizingTaps.list(from: height, to: newHeight)
    let line = width * channels
    var result: [UInt8] = []
    result.reserveCapacity(line * newHeight)
    for tap in taps { for column in 0..<line { result.append(tap.sum(pixels, start: column, step: line)) } }
    return DecodedImage(width: width, height: newHeight, channels: channels, pixels: result)
  }
}

/// The weights of the old pixels in a new one.
private struct ResizingTaps {
  let first: Int
  /// In units of 2⁻²².
  let weights: [Int]

  private static let precision = 22

  static func list(from old: Int, to new: Int) -> [ResizingTaps] {
    let scale = Double(old) / Double(new)
    let filterScale = max(scale, 1)
    return (0..<new).map { place in
      let center = (Double(place) + 0.5) * scale
      let first = max(0, Int(center - filterScale + 0.5))
      let end = min(old, Int(center + filterScale + 0.5))
      let raw = (first..<end).map { max(0, 1 - abs((Double($0) - center + 0.5) / filterScale)) }
      let total = raw.reduce(0, +)
      return ResizingTaps(first: first, weights: raw.map { Int(($0 / total * Double(1 << precision)).rounded(.toNearestOrAwayFromZero)) })
    }
  }

  @inline(__always)
  func sum(_ pixels: [UInt8], start: Int, step: Int) -> UInt8 {
    var sum = 1 << (Self.precision - 1)
    for (index, weight) in weights.enumerated() { sum += Int(pixels[start + (first + index) * step]) * weight }
    return UInt8(min(max(sum >> Self.precision, 0), 255))
  }
}
