extension DirectConvolution {
  func forwardScratch(threads: Int) -> Int { aligned(geometry.weightCount) + threads * forwardScratchOfThread }

  private var forwardTile: Int { tile(of: input.count) }
  private var forwardScratchOfThread: Int { input.scratchCount(images: forwardTile) }

  /// y = x ∗ w; as `Convolution` has it.
  ///
  ///     y[pixel j of a line, o] = Σ_a Σ_{(b, c)} x[line + a, stride·j·C + (b, c)] · w[a, (b, c), o]
  func forward(
    input images: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let (g, panels) = (geometry, outputPanels ?? [])
    let packed = PackedWeight(geometry: g, panels: panels)
    packed.packForward(weight, into: scratch, pool: pool)
    pool.split(g.images) { part, range in
      let padded = scratch + aligned(g.weightCount) + part * forwardScratchOfThread
      padded.update(repeating: 0, count: forwardScratchOfThread)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: forwardTile) {
        let count = min(forwardTile, range.upperBound - first)
        let source = input.filled(padded, from: images + first * g.inputCount, images: count)
        for panel in panels {
          let product = PanelProduct(
            lines: g.side, lineStride: input.lineStride, depth: g.side * g.inputChannels, rowStride: g.stride * g.inputChannels,
            panelStride: panel.width, resultStride: g.outputChannels)
          for image in 0..<count {
            for i in 0..<g.outputHeight {
              product.run(
                rows: g.outputWidth, width: panel.width, source + image * input.count + i * g.stride * input.lineStride,
                scratch + panel.first * g.depth,
                into: output + ((first + image) * g.pixels + i * g.outputWidth) * g.outputChannels + panel.first)
            }
          }
        }
      }
    }
  }
}
