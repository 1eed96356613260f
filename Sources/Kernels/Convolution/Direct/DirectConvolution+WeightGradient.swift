extension DirectConvolution {
  func weightGradientScratch(threads: Int) -> Int { threads * weightGradientScratchOfThread }

  /// Images whose outputs go by in one go of the register tile: enough that taking up and storing its sums does not count.
  private var tileWeight: Int { tile(of: weightSums.image.count, atMost: max(1, 256 / max(1, geometry.pixels))) }
  // The 16 floats are what a vector may read behind the last image.
  private var imageCount: Int { tileWeight * weightSums.image.count + 16 }
  private var weightGradientScratchOfThread: Int {
    aligned(imageCount) + aligned(weightSums.sumCount) + Transposition.scratchCount
  }

  /// ∂L/∂w; as `Convolution` has it. Every part of the batch has sums of its own; they are added in the order of the parts.
  func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.images == 0 { return result.update(repeating: 0, count: geometry.weightCount) }
    let image = weightSums.image
    pool.split(geometry.images) { part, images in
      let pixels = scratch + part * weightGradientScratchOfThread
      let sums = pixels + aligned(imageCount)
      pixels.update(repeating: 0, count: imageCount)
      sums.update(repeating: 0, count: weightSums.sumCount)
      for first in stride(from: images.lowerBound, to: images.upperBound, by: tileWeight) {
        let count = min(tileWeight, images.upperBound - first)
        for index in 0..<count {
          image.fill(
            pixels + index * image.count, from: input + (first + index) * geometry.inputCount,
            scratch: sums + aligned(weightSums.sumCount))
        }
        weightSums.add(images: count, gradient: gradient + first * geometry.outputCount, image: pixels, to: sums)
      }
    }
    weightSums.gather(
      scratch + aligned(imageCount), parts: pool.partCount(geometry.images), stride: weightGradientScratchOfThread, into: result,
      pool: pool)
  }
}
