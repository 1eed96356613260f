extension DirectConvolution {
  func inputGradientScratch(threads: Int) -> Int { packedCount + threads * inputGradientScratchOfThread }

  private var packedCount: Int { phaseProducts.reduce(0) { $0 + aligned($1.packedCount) } }
  private var panelCount: Int { phaseProducts.reduce(0) { max($0, $1.panelCount) } }
  /// Floats of one image's gradient, phase by phase; the gradient itself where there is one phase.
  private var phaseCount: Int { phaseProducts.first?.imageStride ?? 0 }
  private var tileBack: Int { tile(of: gradient.count + phaseCount, atMost: 3) }
  private var inputGradientScratchOfThread: Int {
    aligned(tileBack * gradient.count) + aligned(panelCount) + aligned(tileBack * phaseCount)
  }

  /// ∂L/∂x; as `Convolution` has it.
  func inputGradient(
    gradient images: UnsafePointer<Float>, weight: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    var packed = scratch
    for product in phaseProducts {
      product.pack(weight, into: packed, pool: pool)
      packed += aligned(product.packedCount)
    }
    pool.split(geometry.images) { part, range in
      let source = scratch + packedCount + part * inputGradientScratchOfThread
      let panel = source + aligned(tileBack * gradient.count)
      let collected = panel + aligned(panelCount)
      source.update(repeating: 0, count: tileBack * gradient.count)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: tileBack) {
        let count = min(tileBack, range.upperBound - first)
        for index in 0..<count { gradient.fill(source + index * gradient.count, from: images + (first + index) * geometry.outputCount) }
        let target = result + first * geometry.inputCount
        runPhases(images: count, packed: scratch, source: source, panel: panel, into: geometry.stride == 1 ? target : collected)
        if geometry.stride > 1 {
          for index in 0..<count { spread(collected + index * phaseCount, into: target + index * geometry.inputCount) }
        }
      }
    }
  }

  private func runPhases(
    images: Int, packed: UnsafePointer<Float>, source: UnsafePointer<Float>, panel: UnsafeMutablePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    var (packed, result) = (packed, result)
    for (phase, product) in zip(phases, phaseProducts) {
      product.run(images: images, packed: packed, source: source, panel: panel, into: result)
      packed += aligned(product.packedCount)
      result += phase.count * geometry.inputChannels
    }
  }

  /// Writes one image from its phases.
  private func spread(_ collected: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>) {
    // A stride wider than the kernel, or one that leaves rows over at the far edge, never reads some pixels: their gradient is 0.
    if phaseCount < geometry.inputCount { image.update(repeating: 0, count: geometry.inputCount) }
    var source = collected
    var index = 0
    while index < phases.count {
      let phase = phases[index]
      let (plane, line) = (phase.count, phase.columns.count)
      if geometry.stride == 2 && index + 1 < phases.count && phases[index + 1].row == phase.row {
        spreadPair(source, phase, phases[index + 1], into: image)
        source += geometry.inputChannels * (plane + phases[index + 1].count)
        index += 2
        continue
      }
      for channel in 0..<geometry.inputChannels {
        for i in 0..<phase.lines.count {
          Runs.copySpreading(
            line, from: source + channel * plane + i * line, to: image + place(of: phase, channel, i), stride: geometry.stride)
        }
      }
      source += geometry.inputChannels * plane
      index += 1
    }
  }

  /// Two phases whose pixels take turns on the same lines.
  private func spreadPair(
    _ source: UnsafePointer<Float>, _ phase: StridePhase, _ next: StridePhase, into image: UnsafeMutablePointer<Float>
  ) {
    let other = source + geometry.inputChannels * phase.count
    for channel in 0..<geometry.inputChannels {
      for i in 0..<phase.lines.count {
        let a = source + channel * phase.count + i * phase.columns.count
        let b = other + channel * next.count + i * next.columns.count
        let (placeOfA, placeOfB) = (place(of: phase, channel, i), place(of: next, channel, i))
        if placeOfA < placeOfB {
          Runs.interleave(a, phase.columns.count, b, next.columns.count, to: image + placeOfA)
        } else {
          Runs.interleave(b, next.columns.count, a, phase.columns.count, to: image + placeOfB)
        }
      }
    }
  }

  /// Where line `i` of a phase begins in the image.
  private func place(of phase: StridePhase, _ channel: Int, _ i: Int) -> Int {
    let line = geometry.stride * (phase.lines.lowerBound + i) + phase.row - geometry.padding
    let column = geometry.stride * phase.columns.lowerBound + phase.column - geometry.padding
    return (channel * geometry.height + line) * geometry.width + column
  }
}
