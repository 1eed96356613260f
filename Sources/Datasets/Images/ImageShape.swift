/// The shape of one image: `channels` planes (1 grey, 3 red-green-blue) of `height` rows of `width` pixels.
public struct ImageShape: Hashable, Sendable, CustomStringConvertible {
  public let channels: Int
  public let height: Int
  public let width: Int

  public init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Pixels of one plane.
  public var planeCount: Int { height * width }
  /// Values of one image.
  public var valueCount: Int { channels * height * width }

  /// `3×32×32`.
  public var description: String { "\(channels)×\(height)×\(width)" }
}
