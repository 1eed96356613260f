/// How channels lie in an array [images, channels, pixels]: an image batch [N, C, H, W] has H·W pixels, a feature batch [N, C]
/// one.
public struct ChannelLayout: Hashable, Sendable {
  public let images: Int
  public let channels: Int
  public let pixels: Int

  public init(images: Int, channels: Int, pixels: Int) {
    self.images = images
    self.channels = channels
    self.pixels = pixels
  }

  /// Entries of one channel: what its mean is taken over.
  public var countPerChannel: Int { images * pixels }

  /// Channels below which a further thread does not pay: some 16,000 entries, a few microseconds.
  var smallestPart: Int { max(1, (1 << 14) / max(1, countPerChannel)) }
  /// The same in images, for passes that are shared out by image.
  var smallestPartInImages: Int { max(1, (1 << 14) / max(1, channels * pixels)) }
}
