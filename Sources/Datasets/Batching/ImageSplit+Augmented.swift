import Kernels

extension ImageSplit {
  /// Augmented views of images in the order of the set, for formulas `on train` and `on test`, which compare two views of each image.
  ///
  /// A pure function of (seed, image, view): the same views at every call, apart from the training stream's.
  ///
  /// - Parameters:
  ///   - rows: images of the split.
  ///   - view: from 0.
  ///   - images: receives [rows, channels, height, width], normalised.
  public func fillAugmented(
    _ rows: Range<Int>, view: Int, augmentation: Augmentation, normalization: Normalization, seed: UInt64,
    images: UnsafeMutablePointer<Float>
  ) {
    let stream = RandomStream(seed: seed, name: "augment evaluation")
    let augmenter = ImageAugmenter(shape: shape)
    pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for (row, image) in rows.enumerated() {
        let parameters = AugmentationParameters(
          drawing: augmentation, for: shape, from: stream.substream(image).substream(view))
        let target = images + row * shape.valueCount
        augmenter.apply(parameters, to: base + image * shape.valueCount, into: target)
        normalization.apply(to: target, shape: shape)
      }
    }
  }
}
