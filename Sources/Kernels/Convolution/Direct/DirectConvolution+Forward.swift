extension DirectConvolution {
  func forwardScratch(threads: Int) -> Int { aligned(product.packedCount) + threads * forwardScratchOfThread }

  private var tileForward: Int { tile(of: input.count, atMost: 3) }
  private var forwardScratchOfThread: Int { aligned(tileForward * input.count) + aligned(product.panelCount) }

  /// y = x ∗ w; as `Convolution` has it.
  func forward(
    input image: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    product.pack(weight, into: scratch, pool: pool)
    pool.split(geometry.images) { part, images in
      let source = scratch + aligned(product.packedCount) + part * forwardScratchOfThread
      let panel = source + aligned(tileForward * input.count)
      source.update(repeating: 0, count: tileForward * input.count)
      for first in stride(from: images.lowerBound, to: images.upperBound, by: tileForward) {
        let count = min(tileForward, images.upperBound - first)
        for index in 0..<count { input.fill(source + index * input.count, from: image + (first + index) * geometry.inputCount) }
        product.run(images: count, packed: scratch, source: source, panel: panel, into: output + first * geometry.outputCount)
      }
    }
  }
}
