/// How a convolution takes its images: as they are, or through the rectified batch norm that comes before it, so that the images
/// behind the norm are nowhere in memory.
protocol PixelReading {
  /// For the 16 channels from `channel` on.
  func from(channel: Int) -> Self
  func read(_ pixel: UnsafePointer<Float>) -> Lanes
}

struct PlainPixels: PixelReading {
  @inline(__always)
  func from(channel: Int) -> Self { self }

  @inline(__always)
  func read(_ pixel: UnsafePointer<Float>) -> Lanes { pixel.load(Lanes.self) }
}

/// max(slope·(x − center) + offset, 0), to the last bit what `ChannelAffine` writes.
struct NormalizedPixels: PixelReading {
  /// [3, C]: center, slope, offset.
  let constants: UnsafePointer<Float>
  let channels: Int
  private var norm: ChannelLine<Lanes>

  init(constants: UnsafePointer<Float>, channels: Int) {
    self.constants = constants
    self.channels = channels
    norm = ChannelLine(constants: constants, channels: channels, lanes: Lanes.scalarCount)
  }

  @inline(__always)
  func from(channel: Int) -> Self {
    var reading = self
    reading.norm = ChannelLine(constants: constants + channel, channels: channels, lanes: Lanes.scalarCount)
    return reading
  }

  @inline(__always)
  func read(_ pixel: UnsafePointer<Float>) -> Lanes { norm.value(pixel.load(Lanes.self)).rectified }
}
