/// One of the four parts of a colour jitter.
public enum ColorAdjustment: Hashable, Sendable, CaseIterable {
  case brightness, contrast, saturation, hue
}

/// One view's colour jitter: a factor for each adjustment, and the order in which they are made.
public struct ColorJitter: Hashable, Sendable {
  public var brightness: Float
  public var contrast: Float
  public var saturation: Float
  /// In turns: -0.5…0.5.
  public var hue: Float
  public var order: [ColorAdjustment]

  public init(
    brightness: Float, contrast: Float, saturation: Float, hue: Float, order: [ColorAdjustment] = ColorAdjustment.allCases
  ) {
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
    self.order = order
  }
}

/// A rectangle of pixels.
public struct CropBox: Hashable, Sendable {
  public var top: Int
  public var left: Int
  public var height: Int
  public var width: Int

  public init(top: Int, left: Int, height: Int, width: Int) {
    self.top = top
    self.left = left
    self.height = height
    self.width = width
  }

  /// The whole of an image.
  public init(whole shape: ImageShape) { self.init(top: 0, left: 0, height: shape.height, width: shape.width) }
}

/// Everything that is random about one view, drawn (`init(drawing:for:from:)`) apart from being applied (`ImageAugmenter`).
public struct AugmentationParameters: Hashable, Sendable {
  public var crop: CropBox
  public var flip: Bool
  public var jitter: ColorJitter?
  public var gray: Bool
  /// The deviation in pixels; nil: none.
  public var blur: Float?

  public init(crop: CropBox, flip: Bool = false, jitter: ColorJitter? = nil, gray: Bool = false, blur: Float? = nil) {
    self.crop = crop
    self.flip = flip
    self.jitter = jitter
    self.gray = gray
    self.blur = blur
  }
}
