/// The pixels of an image file, row by row from the top, the channels of a pixel beside each other.
public struct DecodedImage: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  public let channels: Int
  /// [height, width, channels]
  public let pixels: [UInt8]

  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The largest square in the middle.
  public var centralSquare: DecodedImage {
    let side = min(width, height)
    guard side < max(width, height) else { return self }
    let (left, top) = ((width - side) / 2, (height - side) / 2)
    var square: [UInt8] = []
    square.reserveCapacity(side * side * channels)
    for row in top..<top + side { square += pixels[(row * width + left) * channels..<(row * width + left + side) * channels] }
    return DecodedImage(width: side, height: side, channels: channels, pixels: square)
  }

  /// [channels, height, width]; a grey image as three equal planes where there are to be three.
  public func planes(_ count: Int) -> [UInt8] {
    var planes: [UInt8] = []
    planes.reserveCapacity(count * width * height)
    for plane in 0..<count {
      let channel = min(plane, channels - 1)
      planes += stride(from: channel, to: pixels.count, by: channels).lazy.map { pixels[$0] }
    }
    return planes
  }
}

/// What an image file says of its image at its beginning.
public struct ImageOutline: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  public let channels: Int

  public init(width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    self.channels = channels
  }
}

extension DecodedImage {
  public var outline: ImageOutline { ImageOutline(width: width, height: height, channels: channels) }
}

/// Why an image file is not read.
public struct ImageFileError: Error, Sendable, Hashable {
  /// What stands behind the file's name: `is a broken PNG file: …`
  public let reason: String
  public let hint: String?

  public init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }
}

/// Which of the formats a file is in is told by its first bytes.
public enum ImageFile {
  /// As many pixels as an image may have: what a header claims is checked before memory is asked for.
  public static let mostPixels = 1 << 26
  /// Bytes of a file.
  public static let mostBytes = 1 << 27

  public static func decode(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
    if isPNG(bytes) { return try PNGFile.decode(bytes) }
    if isJPEG(bytes) { return try JPEGFile.decode(bytes) }
    throw isNeither
  }

  /// Without the pixels.
  ///
  /// - Parameter bytes: the file's first; all of them where these do not do.
  public static func outline(_ bytes: [UInt8]) throws(ImageFileError) -> ImageOutline {
    if isPNG(bytes) { return try PNGFile.outline(bytes) }
    if isJPEG(bytes) { return try JPEGFile.outline(bytes) }
    throw isNeither
  }

  private static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) }
  private static func isJPEG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }
  private static var isNeither: ImageFileError { ImageFileError("is neither PNG nor JPEG, whatever its name says") }

  static func checkSize(width: Int, height: Int) throws(ImageFileError) {
    guard width > 0, height > 0 else { throw ImageFileError("is broken: its header says \(width)×\(height) pixels") }
    guard width <= mostPixels / height else {
      throw ImageFileError("claims \(width)×\(height) pixels, more than Siam takes")
    }
  }
}
