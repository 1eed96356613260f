import Foundation
import Kernels

extension AugmentationParameters {
  /// Draws a view's parameters from a stream of its own.
  ///
  /// Every operation reads its own part of the stream, so a change to one setting leaves what the others draw as it was.
  public init(drawing augmentation: Augmentation, for shape: ImageShape, from stream: RandomStream) {
    func reader(_ part: UInt64) -> RandomStream.Reader { RandomStream.Reader(stream, step: part) }
    func happens(_ probability: Double, _ reader: inout RandomStream.Reader) -> Bool { Double(reader.unit()) < probability }

    var cropping = reader(0)
    crop = CropBox(drawing: augmentation.crop, of: shape, from: &cropping)
    var flipping = reader(1)
    flip = happens(augmentation.flip, &flipping)
    var jittering = reader(2)
    let isJittered = happens(augmentation.jitterProbability, &jittering)
    jitter = isJittered ? ColorJitter(drawing: augmentation.jitter, from: &jittering) : nil
    var graying = reader(3)
    gray = happens(augmentation.gray, &graying)
    var blurring = reader(4)
    let deviation = Augmentation.blurDeviation
    blur = happens(augmentation.blur, &blurring) ? blurring.uniform(deviation.lowerBound, deviation.upperBound) : nil
  }
}

extension ColorJitter {
  /// `ColorJitter.get_params`: each factor uniform in max(0, 1 - a)…1 + a, the hue in -a…a, the order any of the 24.
  fileprivate init(drawing amplitudes: [Double], from reader: inout RandomStream.Reader) {
    func factor(_ index: Int) -> Float {
      let amplitude = Float(amplitudes[index])
      return reader.uniform(max(0, 1 - amplitude), 1 + amplitude)
    }
    brightness = factor(0)
    contrast = factor(1)
    saturation = factor(2)
    hue = reader.uniform(-Float(amplitudes[3]), Float(amplitudes[3]))
    order = ColorAdjustment.allCases
    for last in [3, 2, 1] { order.swapAt(last, reader.index(below: last + 1)) }
  }
}

extension CropBox {
  /// `RandomResizedCrop.get_params`: ten tries of a random area and aspect ratio; then the largest central box of an admissible ratio.
  fileprivate init(drawing areas: ClosedRange<Double>, of shape: ImageShape, from reader: inout RandomStream.Reader) {
    let ratios = Augmentation.cropRatio
    let (low, high) = (Float(log(ratios.lowerBound)), Float(log(ratios.upperBound)))
    for _ in 0..<10 {
      let area = Double(shape.planeCount) * Double(reader.uniform(Float(areas.lowerBound), Float(areas.upperBound)))
      let ratio = Double(exp(reader.uniform(low, high)))
      let width = Int((area * ratio).squareRoot().rounded(.toNearestOrEven))
      let height = Int((area / ratio).squareRoot().rounded(.toNearestOrEven))
      guard width > 0, height > 0, width <= shape.width, height <= shape.height else { continue }
      self.init(
        top: reader.index(below: shape.height - height + 1), left: reader.index(below: shape.width - width + 1), height: height,
        width: width)
      return
    }
    self.init(centralIn: shape, ratios: ratios)
  }

  private init(centralIn shape: ImageShape, ratios: ClosedRange<Double>) {
    let ratio = Double(shape.width) / Double(shape.height)
    var (height, width) = (shape.height, shape.width)
    if ratio < ratios.lowerBound {
      height = min(height, Int((Double(width) / ratios.lowerBound).rounded(.toNearestOrEven)))
    } else if ratio > ratios.upperBound {
      width = min(width, Int((Double(height) * ratios.upperBound).rounded(.toNearestOrEven)))
    }
    // At least one pixel, however long and thin the image.
    height = max(1, height)
    width = max(1, width)
    self.init(top: (shape.height - height) / 2, left: (shape.width - width) / 2, height: height, width: width)
  }
}
