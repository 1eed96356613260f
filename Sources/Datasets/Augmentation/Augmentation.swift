/// How a view is made of an image: the settings of `augment`. The operations, their order and their distributions are torchvision's
/// (`RandomResizedCrop`, `ColorJitter`, `RandomGrayscale`, `GaussianBlur`, `RandomHorizontalFlip`).
public struct Augmentation: Hashable, Sendable {
  /// The area of the crop, as a part of the image's; its aspect ratio is log-uniform in 3/4…4/3.
  public var crop: ClosedRange<Double>
  /// The probability of a mirror.
  public var flip: Double
  /// Brightness, contrast and saturation are multiplied by 1 ± so much; the hue is turned by ± so much of the circle. Grey images know
  /// brightness and contrast only.
  public var jitter: [Double]
  public var jitterProbability: Double
  /// The probability that the colours are taken away.
  public var gray: Double
  /// The probability of a Gaussian blur with a deviation of 0.1…2 pixels.
  public var blur: Double

  public init(
    crop: ClosedRange<Double>, flip: Double, jitter: [Double], jitterProbability: Double, gray: Double, blur: Double
  ) {
    self.crop = crop
    self.flip = flip
    self.jitter = jitter
    self.jitterProbability = jitterProbability
    self.gray = gray
    self.blur = blur
  }

  /// A.1 of the paper.
  public static let paper = Augmentation(
    crop: 0.2...1, flip: 0.5, jitter: [0.4, 0.4, 0.4, 0.1], jitterProbability: 0.8, gray: 0.2, blur: 0)
  /// The image as it is.
  public static let none = Augmentation(
    crop: 1...1, flip: 0, jitter: [0, 0, 0, 0], jitterProbability: 0, gray: 0, blur: 0)

  static let cropRatio: ClosedRange<Double> = 3.0 / 4...4.0 / 3
  static let blurDeviation: ClosedRange<Float> = 0.1...2

  /// - Throws: `outOfRange`, naming the option as it is typed.
  public func check() throws(DatasetError) {
    try check("crop", crop.lowerBound, in: 0.01...1)
    try check("crop", crop.upperBound, in: 0.01...1)
    try check("flip", flip, in: 0...1)
    try check("jitter_p", jitterProbability, in: 0...1)
    try check("gray", gray, in: 0...1)
    try check("blur", blur, in: 0...1)
    try check("the length of jitter", Double(jitter.count), in: 4...4)
    for (name, value) in zip(["brightness", "contrast", "saturation"], jitter) { try check("jitter's \(name)", value, in: 0...4) }
    try check("jitter's hue", jitter[3], in: 0...0.5)
  }

  private func check(_ option: String, _ value: Double, in allowed: ClosedRange<Double>) throws(DatasetError) {
    // Also false for NaN.
    guard allowed.contains(value) else { throw .outOfRange(option: option, value: value, allowed: allowed, because: nil) }
  }
}
