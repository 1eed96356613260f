/// How channels lie in an array whose last axis they are: a feature batch [N, C] has N rows of them, an image batch [N, H, W, C] a
/// row for each pixel.
public struct ChannelLayout: Hashable, Sendable {
  public let rows: Int
  public let channels: Int

  public init(rows: Int, channels: Int) {
    self.rows = rows
    self.channels = channels
  }

  var count: Int { rows * channels }
  /// Rows below which a further thread does not pay: some 16,000 entries, a few microseconds.
  var smallestPart: Int { max(1, (1 << 14) / max(1, channels)) }
}
