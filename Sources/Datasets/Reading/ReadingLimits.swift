/// What a file may make Siam allocate. Well above every data set in use (EMNIST's largest split has 610 MiB of pixels), well under
/// what a hostile header can claim.
enum ReadingLimits {
  /// Pixels of one split, in bytes.
  static let pixelBytes = 1 << 30
  /// Images of one split, each of which has a label in memory besides its pixels.
  static let images = 1 << 24
  /// Pixels on a side of an image.
  static let side = 512
  /// Bytes of a file of class names.
  static let nameBytes = 1 << 16
}
