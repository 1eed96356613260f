import CPng

/// PNG through libpng's simplified interface, whose errors are answers rather than jumps.
public enum PNGFile {
  /// Grey and palette, interlaced, of 1 to 16 bits. 16 bits are rounded to 8. What is transparent shows white paper.
  public static func decode(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
    try bytes.withUnsafeBytes { file in Result { () throws(ImageFileError) in try decode(file) } }.get()
  }

  /// What stands before the pixels.
  public static func outline(_ bytes: [UInt8]) throws(ImageFileError) -> ImageOutline {
    try bytes.withUnsafeBytes { file in
      Result { () throws(ImageFileError) in
        var image = png_image()
        defer { png_image_free(&image) }
        try begin(&image, file)
        return ImageOutline(width: Int(image.width), height: Int(image.height), channels: isColored(image) ? 3 : 1)
      }
    }.get()
  }

  private static func begin(_ image: inout png_image, _ file: UnsafeRawBufferPointer) throws(ImageFileError) {
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else { throw broken(image) }
    try ImageFile.checkSize(width: Int(image.width), height: Int(image.height))
  }

  private static func isColored(_ image: png_image) -> Bool { image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0 }

  private static func decode(_ file: UnsafeRawBufferPointer) throws(ImageFileError) -> DecodedImage {
    var image = png_image()
    defer { png_image_free(&image) }
    try begin(&image, file)
    // Without a word on it, 16 bits are taken for the same scale as 8, as every other reader does.
    image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let isColored = isColored(image)
    let hasAlpha = image.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
    image.format = png_uint_32((isColored ? PNG_FORMAT_FLAG_COLOR : 0) | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0))
    let (colors, all) = (isColored ? 3 : 1, (isColored ? 3 : 1) + (hasAlpha ? 1 : 0))
    let count = Int(image.width) * Int(image.height)
    var pixels = [UInt8](repeating: 0, count: count * all)
    let isRead = pixels.withUnsafeMutableBytes { png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) != 0 }
    // A warning is of what the file says of itself, such as a wrong colour profile.
    guard isRead else { throw broken(image) }
    return DecodedImage(
      width: Int(image.width), height: Int(image.height), channels: colors, pixels: hasAlpha ? onPaper(pixels, colors) : pixels)
  }

  /// c·α + 255·(1 - α), rounded.
  private static func onPaper(_ pixels: [UInt8], _ colors: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(pixels.count / (colors + 1) * colors)
    for start in stride(from: 0, to: pixels.count, by: colors + 1) {
      let alpha = Int(pixels[start + colors])
      for channel in 0..<colors { result.append(UInt8((Int(pixels[start + channel]) * alpha + 255 * (255 - alpha) + 127) / 255)) }
    }
    return result
  }

  private static func broken(_ image: png_image) -> ImageFileError {
    let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return ImageFileError("is a broken PNG file: \(text)", hint: "copy or download it again")
  }

  /// A file of 8-bit colours.
  ///
  /// - Parameter rgb: [height, width, 3]
  public static func bytes(width: Int, height: Int, rgb: [UInt8]) throws(ImageFileError) -> [UInt8] {
    precondition(rgb.count == width * height * 3)
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (png_uint_32(width), png_uint_32(height), png_uint_32(PNG_FORMAT_FLAG_COLOR))
    defer { png_image_free(&image) }
    var size = 0
    guard png_image_write_to_memory(&image, nil, &size, 0, rgb, 0, nil) != 0 else { throw broken(image) }
    var bytes = [UInt8](repeating: 0, count: size)
    guard bytes.withUnsafeMutableBytes({ png_image_write_to_memory(&image, $0.baseAddress, &size, 0, rgb, 0, nil) }) != 0 else { throw broken(image) }
    return Array(bytes.prefix(size))
  }
}
