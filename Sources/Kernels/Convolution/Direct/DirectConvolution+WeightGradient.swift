extension DirectConvolution {
  func weightGradientScratch(threads: Int) -> Int { weightWalk.scratchCount + threads * weightGradientScratchOfThread }

  private var weightTile: Int { tile(of: input.count + geometry.outputCount) }
  private var weightGradientScratchOfThread: Int {
    input.scratchCount(images: weightTile) + aligned(weightTile * geometry.outputCount) + aligned(sumCount)
  }
  /// The pixels of a tile of images that one tap of the kernel meets.
  private var weightWalk: SumWalk {
    let g = geometry
    return SumWalk(
      groups: weightTile, groupStride: input.count, lines: g.outputHeight, lineStride: g.stride * input.lineStride, depth: g.outputWidth,
      depthStride: g.stride * g.inputChannels)
  }

  /// Rows of sums for one row of the kernel. Fewer than a tile has are filled up, with sums over the pixels behind that nobody
  /// reads: single rows would take as long as a tile.
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
      let padded = threads + part * weightGradientScratchOfThread
      let gradients = padded + input.scratchCount(images: weightTile)
      let sums = gradients + aligned(weightTile * g.outputCount)
      padded.update(repeating: 0, count: weightGradientScratchOfThread)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: weightTile) {
        let count = min(weightTile, range.upperBound - first)
        let source = input.filled(padded, from: images + first * g.inputCount, images: count)
        let gradients = gradient.images(first..<(first + count), gradients)
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
    gather(threads + weightGradientScratchOfThread - aligned(sumCount), parts: pool.partCount(g.images), into: result, pool: pool)
  }

  /// What the next tile, that begins with image `first`, will read, in shares for the kernel's rows: the gradient with the last of them,
  /// the input with the others, or what the gradient is made of with the last but one.
  private func ahead(
    _ a: Int, of first: Int, _ images: UnsafePointer<Float>, _ gradient: some ImageGradient
  ) -> (pointer: UnsafePointer<Float>, count: Int) {
    let g = geometry
    if a == g.side - 1 { return (gradient.numbers + first * g.outputCount, weightTile * g.outputCount) }
    if a == g.side - 2, let others = gradient.others { return (others + first * g.outputCount, weightTile * g.outputCount) }
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
            for part in 1..<max(1, parts) { sum += (place + part * weightGradientScratchOfThread).load(SIMD8<Float>.self) }
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
  var numbers: UnsafePointer<Float> { get }
  var others: UnsafePointer<Float>? { get }
  /// In `buffer` or elsewhere.
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float>
}

private struct PlainGradient: ImageGradient {
  let gradient: UnsafePointer<Float>
  let imageCount: Int

  var numbers: UnsafePointer<Float> { gradient }
  var others: UnsafePointer<Float>? { nil }
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    gradient + images.lowerBound * imageCount
  }
}

private struct PassedGradient: ImageGradient {
  let pass: ChannelAffine
  let imageRows: Int

  var numbers: UnsafePointer<Float> { pass.g ?? pass.x }
  var others: UnsafePointer<Float>? { pass.x }
  func images(_ images: Range<Int>, _ buffer: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    pass.run((images.lowerBound * imageRows)..<(images.upperBound * imageRows), into: buffer)
    return UnsafePointer(buffer)
  }
}
