/// Makes views of images of one shape, exactly as parameters say: crop and mirror, colour jitter, grey, blur.
///
/// The mirror is made with the crop, though torchvision makes it last: every other operation commutes with it.
/// Holds scratch memory, so that a call allocates next to nothing; not for two threads at once.
public final class ImageAugmenter {
  public let shape: ImageShape
  private let resampler: CropResampler
  private let scratch: UnsafeMutablePointer<Float>

  public init(shape: ImageShape) {
    self.shape = shape
    resampler = CropResampler(shape: shape)
    scratch = .allocate(capacity: shape.planeCount)
  }

  deinit { scratch.deallocate() }

  /// - Parameters:
  ///   - parameters: whose crop lies within the image.
  ///   - pixels: [channels, height, width], 0…255.
  ///   - image: receives [channels, height, width] in [0, 1], not normalised.
  public func apply(
    _ parameters: AugmentationParameters, to pixels: UnsafePointer<UInt8>, into image: UnsafeMutablePointer<Float>
  ) {
    if parameters.crop == CropBox(whole: shape), !parameters.flip {
      UnitPixels.convert(pixels, count: shape.valueCount, into: image)
    } else {
      resampler.resample(pixels, parameters.crop, flip: parameters.flip, into: image)
    }
    if let jitter = parameters.jitter {
      for adjustment in jitter.order { adjust(adjustment, jitter, image) }
    }
    if parameters.gray, shape.channels == 3 {
      ColorKernels.gray(image, plane(1, image), plane(2, image), count: shape.planeCount)
    }
    if let deviation = parameters.blur { GaussianBlur.apply(to: image, shape: shape, deviation: deviation, scratch: scratch) }
  }

  private func adjust(_ adjustment: ColorAdjustment, _ jitter: ColorJitter, _ image: UnsafeMutablePointer<Float>) {
    let isColored = shape.channels == 3
    switch adjustment {
    case .brightness: ColorKernels.scale(image, count: shape.valueCount, factor: jitter.brightness)
    case .contrast:
      let mean =
        isColored
        ? ColorKernels.meanLuminance(image, plane(1, image), plane(2, image), count: shape.planeCount)
        : ColorKernels.mean(image, count: shape.valueCount)
      ColorKernels.scale(image, count: shape.valueCount, factor: jitter.contrast, shift: (1 - jitter.contrast) * mean)
    case .saturation where isColored && jitter.saturation != 1:
      ColorKernels.saturate(image, plane(1, image), plane(2, image), count: shape.planeCount, factor: jitter.saturation)
    case .hue where isColored && jitter.hue != 0:
      ColorKernels.turnHue(image, plane(1, image), plane(2, image), count: shape.planeCount, turns: jitter.hue)
    case .saturation, .hue: break
    }
  }

  private func plane(_ channel: Int, _ image: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    image + channel * shape.planeCount
  }
}
