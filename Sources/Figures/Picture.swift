/// Colours, row by row from the top.
public struct Picture: Sendable, Equatable {
  public struct Pixel: Sendable, Hashable {
    public var red, green, blue: UInt8
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }
    /// How bright it looks, in 0…1 (Rec. 601, as the augmentation greys).
    var brightness: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }
  }

  public let width: Int
  public let height: Int
  public private(set) var pixels: [Pixel]

  public init(width: Int, height: Int, filledWith pixel: Pixel = Pixel(0, 0, 0)) {
    self.width = width
    self.height = height
    pixels = Array(repeating: pixel, count: width * height)
  }

  public subscript(x: Int, y: Int) -> Pixel {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// Means of blocks as equal as they can be.
  func reduced(toWidth newWidth: Int, height newHeight: Int) -> Picture {
    let (newWidth, newHeight) = (max(1, min(newWidth, width)), max(1, min(newHeight, height)))
    guard newWidth < width || newHeight < height else { return self }
    var picture = Picture(width: newWidth, height: newHeight)
    for y in 0..<newHeight {
      let rows = y * height / newHeight..<(y + 1) * height / newHeight
      for x in 0..<newWidth {
        let columns = x * width / newWidth..<(x + 1) * width / newWidth
        var (red, green, blue) = (0, 0, 0)
        for i in rows {
          for j in columns {
            let pixel = self[j, i]
            red += Int(pixel.red)
            green += Int(pixel.green)
            blue += Int(pixel.blue)
          }
        }
        let count = rows.count * columns.count
        func mean(_ sum: Int) -> UInt8 { UInt8((sum + count / 2) / count) }
        picture[x, y] = Pixel(mean(red), mean(green), mean(blue))
      }
    }
    return picture
  }
}
