import CTurboJPEG

/// JPEG through libjpeg-turbo's TurboJPEG interface.
public enum JPEGFile {
  /// Baseline and progressive, grey and colour.
  public static func decode(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
    guard let handle = tjInitDecompress() else { throw noLibrary }
    defer { tjDestroy(handle) }
    var bytes = bytes
    let outline = try outline(&bytes, handle)
    let (width, height, channels) = (Int32(outline.width), Int32(outline.height), outline.channels)
    let format = channels == 1 ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue
    var pixels = [UInt8](repeating: 0, count: outline.width * outline.height * channels)
    // A file that ends too soon is a warning of the library's, and half an image; one of thousands of scans takes hours.
    let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    func result(_ flags: Int32) -> Int32 {
      pixels.withUnsafeMutableBufferPointer { tjDecompress2(handle, bytes, UInt(bytes.count), $0.baseAddress, width, 0, height, format, flags) }
    }
    if result(flags) != 0 {
      // All scans have been read without a complaint by then.
      guard hasExtraneousBytes(handle, before: "0xd9"), result(TJFLAG_LIMITSCANS) == 0 || hasExtraneousBytes(handle, before: "0xd9") else {
        throw broken(handle)
      }
    }
    return DecodedImage(width: Int(width), height: Int(height), channels: channels, pixels: pixels)
  }

  /// What stands before the first scan.
  public static func outline(_ bytes: [UInt8]) throws(ImageFileError) -> ImageOutline {
    guard let handle = tjInitDecompress() else { throw noLibrary }
    defer { tjDestroy(handle) }
    var bytes = bytes
    return try outline(&bytes, handle)
  }

  private static var noLibrary: ImageFileError { ImageFileError("cannot be read: libjpeg-turbo does not start") }

  /// Leaves out bytes that would stop the library.
  private static func outline(_ bytes: inout [UInt8], _ handle: tjhandle) throws(ImageFileError) -> ImageOutline {
    var (width, height, sampling, colors) = (Int32(0), Int32(0), Int32(0), Int32(0))
    func isRead() -> Bool { tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &sampling, &colors) == 0 }
    if !isRead() {
      guard hasExtraneousBytes(handle), let rest = withoutBytesBetweenSegments(bytes) else { throw broken(handle) }
      bytes = rest
      guard isRead() else { throw broken(handle) }
    }
    guard colors != TJCS_CMYK.rawValue, colors != TJCS_YCCK.rawValue else {
      throw ImageFileError("is a JPEG in CMYK colours, made for printing", hint: "`convert A.jpg -colorspace sRGB B.jpg` makes it one for screens")
    }
    try ImageFile.checkSize(width: Int(width), height: Int(height))
    return ImageOutline(width: Int(width), height: Int(height), channels: colors == TJCS_GRAY.rawValue ? 1 : 3)
  }

  /// Whether the library has warned of bytes that belong to nothing, where a marker should be: they are no part of the picture.
  private static func hasExtraneousBytes(_ handle: tjhandle, before marker: String = "") -> Bool {
    guard tjGetErrorCode(handle) == TJERR_WARNING.rawValue, let text = tjGetErrorStr2(handle).map({ String(cString: $0) }) else { return false }
    return text.contains("extraneous bytes before marker \(marker)")
  }

  /// The file without what stands between the segments of its header; nil where nothing does, or the header is none.
  private static func withoutBytesBetweenSegments(_ bytes: [UInt8]) -> [UInt8]? {
    var result = Array(bytes.prefix(2))
    var index = 2
    while true {
      guard let start = bytes[index...].firstIndex(of: 0xFF), let marker = bytes[start...].first(where: { $0 != 0xFF }) else { return nil }
      guard let place = bytes[start...].firstIndex(of: marker), place + 2 < bytes.count else { return nil }
      // A stuffed or lone byte is no marker.
      guard marker != 0 else {
        index = place
        continue
      }
      let length = Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
      guard length >= 2, place + 1 + length < bytes.count else { return nil }
      // From the first scan on everything is data.
      let end = marker == 0xDA ? bytes.count : place + 1 + length
      result += [0xFF] + bytes[place..<end]
      index = end
      if marker == 0xDA { return result.count < bytes.count ? result : nil }
    }
  }

  private static func broken(_ handle: tjhandle) -> ImageFileError {
    let text = tjGetErrorStr2(handle).map { String(cString: $0) } ?? ""
    return ImageFileError("is a broken JPEG file: \(text)", hint: "copy or download it again")
  }
}
