extension DirectConvolution {
  func weightGradientScratch(threads: Int) -> Int { weightGradientScratch(threads: threads, makesGradient: false) }

  /// - Parameter makesGradient: whether the gradient is made on the way.
  func weightGradientScratch(threads: Int, makesGradient: Bool) -> Int {
    weightWalk.scratchCount + threads * (sumsScratchOfThread + (makesGradient ? gradientScratchOfThread : 0))
  }

  private var weightTile: Int { tile(of: input.count + geometry.outputCount) }
  /// The padded images and the sums.
  private var sumsScratchOfThread: Int { input.scratchCount(images: weightTile) + aligned(sumCount) }
  private var gradientScratchOfThread: Int { aligned(weightTile * geometry.outputCount) }
  /// The pixels of a tile of images that one tap of the kernel meets.
  private var weightWalk: SumWalk {
    let g = geometry
    return SumWalk(
      groups: weightTile, groupStride: input.count, lines: g.outputHeight, lineStride: g.stride * input.lineStride, depth: g.outputWidth,
      depthStride: g.stride * g.inputChannels)
  }

  /// Rows of sums for one row of the kernel. Fewer than a tile has are filled up, with sums over the pixels behind that nobody
  /// reads: single rows would take as long as a tile. Nine, of three colors, have a tile of their own.
  private var sumRows: Int {
    let rows = geometry.side * geometry.inputChannels
    return geometry.padding > 0 && Panel.hasWideVectors && rows != 9 ? max(12, rows) : rows
  }
  private var sumCount: Int { geometry.side * sumRows * geometry.outputChannels }

  /// ∂L/∂w; as `Convolution` has it. Every part of the batch has sums of its own; they are added in the order of the parts.
  ///
  ///     sums[a, (b, c), o] = Σ_{n, i, j} x[n, stride·i + a, stride·j·C + (b, c)] · g[n, i, j, o]
  func weightGradient(
    gradient: UnsafePointer<Float>, input images: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    weightGradient(PlainGradient(gradient: gradient, imageCount: geometry.outputCount), images, result, scratch, pool)
  }

  /// The same of what `pass` makes of a gradient, image by image: its result is nowhere in memory.
  func weightGradient(
    gradient pass: ChannelAffine, input images: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    weightGradient(PassedGradient(pass: pass, imageRows: geometry.pixels), images, result, scratch, pool)
  }

  private func weightGradient(
    _ gradient: some ImageGradient, _ images: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let g = geometry
    if g.images == 0 { return result.update(repeating: 0, count: g.weightCount) }
    let walk = weightWalk
    let offsets = walk.write(to: scratch)
    let threads = scratch + walk.scratchCount
    pool.split(g.images) { part, range in
      let padded = threads + part * sumsScratchOfThread
      let sums = padded + input.scratchCount(images: weightTile)
      let buffer = threads + pool.threadCount * sumsScratchOfThread + part * gradientScratchOfThread
      padded.update(repeating: 0, count: sumsScratchOfThread)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: weightTile) {
        let count = min(weightTile, range.upperBound - first)
        let source = input.filled(padded, from: images + first * g.inputCount, images: count)
        let gradients = gradient.images(first..<(first + count), buffer)
        for panel in outputPanels ?? [] {
          var product = PanelProduct(
            walk: walk, offsets: offsets, rowStride: 1, panelStride: g.outputChannels, resultStride: g.outputChannels, isAdding: true)
          product.walk.groups = count
          for a in 0..<g.side {
            if panel.first == 0 { product.ahead = ahead(a, of: first + weightTile, images, gradient) }
            product.run(
              rows: sumRows, width: panel.width, source + a * input.lineStride, gradients + panel.first,
              into: sums + a * sumRows * g.outputChannels + panel.first)
          }
        }
      }
    }
    gather(threads + input.scratchCount(images: weightTile), parts: pool.partCount(g.images), into: result, pool: pool)
  }

  /// What the next tile, that begins with image `first`, will read, in shares for the kernel's rows: the gradient with the last of them,
  /// the input with the others, or what the gradient is made of with the last but one.
  private func ahead(
    _ a: Int, of first: Int, _ images: UnsafePointer<Float>, _ gradient: some ImageGradient
  ) -> (pointer: UnsafePointer<Float>, count: Int) {
    let g = geometry
    if a == g.side - 1 { return (gradient.source + first * g.outputCount, weightTile * g.outputCount) }
    if a == g.side - 2, let besides = gradient.besides { return (besides + first * g.outputCount, weightTile * g.outputCount) }
    let share = weightTile * g.inputCount / (g.side - 1)
    return (images + first * g.inputCount + a * share, share)
  }

  /// Adds the parts up, in the order of the weight, 8 outputs at a time.
  private func gather(_ sums: UnsafePointer<Float>, parts: Int, into result: UnsafeMutablePointer<Float>, pool: ThreadPool) {
    let g = geometry
    pool.split(g.outputChannels / 8, minimumPart: max(1, (1 << 11) / g.depth)) { _, vectors in
      for o in stride(from: 8 * vectors.lowerBound, to: 8 * vectors.upperBound, by: 8) {
        for c in 0..<g.inputChannels {
          for tap in 0..<g.taps {
            let (a, b) = tap.quotientAndRemainder(dividingBy: g.side)
            let place = sums + ((a * sumRows + b * g.inputChannels + c) * g.outputChannels + o)
            var sum = place.load(SIMD8<Float>.self)
            for part in 1..<max(1, parts) { sum += (place + part * sumsScratchOfThread).load(SIMD8<Float>.self) }
            let target = result + (o * g.inputChannels + c) * g.taps + tap
            for lane in 0..<8 { target[lane * g.depth] = sum[lane] }
          }
        }
      }
    }
  }
}

/// Where the gradient of some images' outputs is.
private protocol ImageGradient {
  /// What is read for it from memory: [N, H′, W′, O], and as many numbers beside them.
  var source: UnsafePointer<Float> { get }
  var besides: UnsafePointer<Float>? { get }
  /// In `buffer` or elsewhere.
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float>
}

private struct PlainGradient: ImageGradient {
  let gradient: UnsafePointer<Float>
  let imageCount: Int

  var source: UnsafePointer<Float> { gradient }
  var besides: UnsafePointer<Float>? { nil }
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    gradient + images.lowerBound * imageCount
  }
}

private struct PassedGradient: ImageGradient {
  let pass: ChannelAffine
  let imageRows: Int

  var source: UnsafePointer<Float> { pass.g ?? pass.x }
  var besides: UnsafePointer<Float>? { pass.x }
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    pass.run((images.lowerBound * imageRows)..<(images.upperBound * imageRows), into: buffer)
    return UnsafePointer(buffer)
  }
}
