extension DirectConvolution {
  func inputGradientScratch(threads: Int) -> Int { aligned(geometry.weightCount) + threads * inputGradientScratchOfThread }

  private var gradientTile: Int { tile(of: gradient.count) }
  private var inputGradientScratchOfThread: Int { gradient.scratchCount(images: gradientTile) + listCount }
  /// Room for the longest phase's list of offsets.
  private var listCount: Int { phases.reduce(0) { max($0, walk(of: $1).scratchCount) } }

  /// The patch of the padded gradient that a pixel of the phase gets its gradient from.
  private func walk(of phase: StridePhase) -> SumWalk {
    SumWalk(lines: phase.tapRows, lineStride: gradient.lineStride, depth: phase.tapColumns * geometry.outputChannels)
  }

  /// ∂L/∂x; as `Convolution` has it.
  ///
  ///     ∂x[stride·i + row − padding, stride·j + column − padding, c]
  ///         = Σ_{s, t, o} g[i − s, j − t, o] · w[o, c, row + stride·s, column + stride·t]     for each phase (row, column)
  func inputGradient(
    gradient images: UnsafePointer<Float>, weight: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let g = geometry
    PackedWeight(geometry: g, panels: inputPanels ?? []).packPhases(phases, weight, into: scratch, pool: pool)
    // A stride wider than the kernel, or one that leaves rows over at the far edge, never reads some pixels: their gradient is 0.
    let coversAll = phases.reduce(0) { $0 + $1.count } == g.height * g.width
    pool.split(g.images) { part, range in
      let padded = scratch + aligned(g.weightCount) + part * inputGradientScratchOfThread
      let list = padded + gradient.scratchCount(images: gradientTile)
      padded.update(repeating: 0, count: inputGradientScratchOfThread)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: gradientTile) {
        let count = min(gradientTile, range.upperBound - first)
        let source = gradient.filled(padded, from: images + first * g.outputCount, images: count)
        let target = result + first * g.inputCount
        if !coversAll { target.update(repeating: 0, count: count * g.inputCount) }
        var packed = UnsafePointer(scratch)
        for (index, phase) in phases.enumerated() {
          let next = Ahead(
            gradient: images + (first + gradientTile) * g.outputCount + index * gradientTile * g.outputCount / phases.count,
            result: target + gradientTile * g.inputCount + index * gradientTile * g.inputCount / phases.count)
          run(phase, images: count, source, packed, list, next, into: target)
          packed += phase.tapRows * phase.tapColumns * g.outputChannels * g.inputChannels
        }
      }
    }
  }

  private func run(
    _ phase: StridePhase, images: Int, _ source: UnsafePointer<Float>, _ packed: UnsafePointer<Float>, _ list: UnsafeMutablePointer<Float>,
    _ next: Ahead, into result: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let walk = walk(of: phase)
    let offsets = walk.write(to: list)
    let (line, column) = (
      phase.lines.lowerBound - (phase.tapRows - 1) + gradient.padding, phase.columns.lowerBound - (phase.tapColumns - 1) + gradient.padding
    )
    let first = source + line * gradient.lineStride + column * g.outputChannels
    let pixel =
      (g.stride * phase.lines.lowerBound + phase.row - g.padding) * g.width + g.stride * phase.columns.lowerBound + phase.column - g.padding
    // What is asked for with each line of the phase.
    let (gradients, results) = (g.outputCount / (phases.count * phase.lines.count), g.inputCount / (phases.count * phase.lines.count))
    for panel in inputPanels ?? [] {
      let product = PanelProduct(
        walk: walk, offsets: offsets, rowStride: g.outputChannels, panelStride: panel.width, resultStride: g.stride * g.inputChannels)
      let target = result + pixel * g.inputChannels + panel.first
      for image in 0..<images {
        for i in 0..<phase.lines.count {
          if panel.first == 0 {
            let line = image * phase.lines.count + i
            Prefetch.read(next.gradient + line * gradients, gradients)
            Prefetch.write(next.result + line * results, results)
          }
          product.run(
            rows: phase.columns.count, width: panel.width, first + image * gradient.count + i * gradient.lineStride,
            packed + panel.first * walk.count,
            into: target + image * g.inputCount + i * g.stride * g.width * g.inputChannels)
        }
      }
    }
  }

  /// A phase's share of what the next tile will read and write.
  private struct Ahead {
    let gradient: UnsafePointer<Float>
    let result: UnsafePointer<Float>
  }
}
