import CTurboJPEG

/// JPEG through libjpeg-turbo's TurboJPEG interface.
public enum JPEGFile {
  /// Baseline and progressive, grey and colour.
  public static func decode(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
    guard let handle = tjInitDecompress() else { throw ImageFileError("cannot be read: libjpeg-turbo does not start") }
    defer { tjDestroy(handle) }
    var (width, height, sampling, colors) = (Int32(0), Int32(0), Int32(0), Int32(0))
    guard tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &sampling, &colors) == 0 else { throw broken(handle) }
    guard colors != TJCS_CMYK.rawValue, colors != TJCS_YCCK.rawValue else {
      throw ImageFileError("is a JPEG in CMYK colours, made for printing", hint: "`convert A.jpg -colorspace sRGB B.jpg` makes it one for screens")
    }
    try ImageFile.checkSize(width: Int(width), height: Int(height))
    let isGray = colors == TJCS_GRAY.rawValue
    let (channels, format) = isGray ? (1, TJPF_GRAY.rawValue) : (3, TJPF_RGB.rawValue)
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * channels)
    // A file that ends too soon is a warning of the library's, and half an image; one of thousands of scans takes hours.
    let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    let result = pixels.withUnsafeMutableBufferPointer {
      tjDecompress2(handle, bytes, UInt(bytes.count), $0.baseAddress, width, 0, height, format, flags)
    }
    guard result == 0 else { throw broken(handle) }
    return DecodedImage(width: Int(width), height: Int(height), channels: channels, pixels: pixels)
  }

  private static func broken(_ handle: tjhandle) -> ImageFileError {
    let text = tjGetErrorStr2(handle).map { String(cString: $0) } ?? ""
    return ImageFileError("is a broken JPEG file: \(text)", hint: "copy or download it again")
  }
}
