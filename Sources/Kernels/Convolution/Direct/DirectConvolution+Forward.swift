extension DirectConvolution {
  func forwardScratch(threads: Int) -> Int {
    aligned(geometry.weightCount) + forwardWalk.scratchCount + threads * forwardScratchOfThread
  }

  private var forwardTile: Int { tile(of: input.count) }
  private var forwardScratchOfThread: Int { input.scratchCount(images: forwardTile) }
  /// A patch of the padded image.
  private var forwardWalk: SumWalk {
    SumWalk(lines: geometry.side, lineStride: input.lineStride, depth: geometry.side * geometry.inputChannels)
  }

  /// y = x ∗ w; as `Convolution` has it.
  ///
  ///     y[pixel j of a line, o] = Σ_a Σ_{(b, c)} x[line + a, stride·j·C + (b, c)] · w[a, (b, c), o]
  func forward(
    input images: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    forward(input: images, weight: weight, output: output, nil, scratch: scratch, pool: pool)
  }

  /// The same; `tally` goes along where the processor has wide vectors.
  func forward(
    input images: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, _ tally: MomentTally?,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let (g, panels) = (geometry, outputPanels ?? [])
    let packed = PackedWeight(geometry: g, panels: panels)
    packed.packForward(weight, into: scratch, pool: pool)
    let walk = forwardWalk
    let offsets = walk.write(to: scratch + aligned(g.weightCount))
    let threads = scratch + aligned(g.weightCount) + walk.scratchCount
    // With few products a number, the requests would take longer than the products.
    let isLong = g.depth >= 64
    let streams = g.outputChannels % 16 == 0 && Streaming.suits(output, count: g.images * g.outputCount)
    pool.split(g.images) { part, range in
      let padded = threads + part * forwardScratchOfThread
      let tally = tally?.part(part)
      padded.update(repeating: 0, count: forwardScratchOfThread)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: forwardTile) {
        let count = min(forwardTile, range.upperBound - first)
        let source = input.filled(padded, from: images + first * g.inputCount, images: count)
        for panel in panels {
          var product = PanelProduct(
            walk: walk, offsets: offsets, rowStride: g.stride * g.inputChannels, panelStride: panel.width, resultStride: g.outputChannels)
          product.isStreaming = streams
          product.moments = tally?.columns(from: panel.first)
          func run(_ image: Int, _ i: Int) {
            product.run(
              rows: g.outputWidth, width: panel.width, source + image * input.count + i * g.stride * input.lineStride,
              scratch + panel.first * g.depth,
              into: output + ((first + image) * g.pixels + i * g.outputWidth) * g.outputChannels + panel.first)
          }
          if first == range.lowerBound, let tally {
            run(0, 0)
            tally.beginsAnew(panel.first..<(panel.first + panel.width), after: g.outputWidth)
          }
          for image in 0..<count {
            for i in 0..<g.outputHeight {
              if isLong && panel.first == 0 { prefetch(first + image, i, images, streams ? nil : output) }
              run(image, i)
            }
          }
        }
      }
      if streams { Streaming.end() }
    }
  }

  /// What comes after output line `i` of an image: the input of the next tile's image in its place, and the next line of outputs.
  @inline(__always)
  private func prefetch(_ image: Int, _ i: Int, _ images: UnsafePointer<Float>, _ output: UnsafePointer<Float>?) {
    let (g, line) = (geometry, geometry.width * geometry.inputChannels)
    Prefetch.read(images + (image + forwardTile) * g.inputCount + i * g.stride * line, g.stride * line)
    let outputLine = g.outputWidth * g.outputChannels
    if let output { Prefetch.write(output + (image * g.outputHeight + i + 1) * outputLine, outputLine) }
  }
}
