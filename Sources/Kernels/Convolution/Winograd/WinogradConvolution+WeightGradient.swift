extension WinogradConvolution {
  /// Floats of transformed tiles that all threads work on together: what the third cache holds beside the sums.
  private static let sharedFloats = 1 << 20

  private var sharedChunk: Int {
    max(128, Self.sharedFloats / (points * points * (geometry.inputChannels + geometry.outputChannels)))
  }
  private var sharedInput: WinogradTiles { input.with(chunk: sharedChunk) }
  private var sharedOutput: WinogradTiles { output.with(chunk: sharedChunk) }
  /// A channel of the tiles that are worked on together.
  private var weightWalk: SumWalk { SumWalk(depth: sharedChunk, depthStride: geometry.inputChannels) }

  func weightGradientScratch(threads: Int) -> Int {
    weights.count + threads * WinogradWorkspace.count(channels: mostChannels) + sharedInput.transformedCount(points: points)
      + sharedOutput.transformedCount(points: points) + weightWalk.scratchCount
  }

  /// ∂L/∂w; as `Convolution` has it.
  func weightGradient(
    gradient: UnsafePointer<Float>, input images: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.stride == 1 {
      weightGradient(UnitStrideScheme.self, gradient, images, result, scratch, pool)
    } else {
      weightGradient(DoubleStrideScheme.self, gradient, images, result, scratch, pool)
    }
  }

  /// The threads share out the tiles to transform them, and then the 36 matrices to sum them: so there is one array of sums, which
  /// for 512 channels is as large as a cache.
  private func weightGradient<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ images: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let (g, source, other, sums) = (geometry, sharedInput, sharedOutput, weights)
    let workspaces = scratch + sums.count
    let workspaceCount = WinogradWorkspace.count(channels: mostChannels)
    let inputs = workspaces + pool.threadCount * workspaceCount
    let gradients = inputs + source.transformedCount(points: points)
    var walk = weightWalk
    let offsets = walk.write(to: gradients + other.transformedCount(points: points))
    let tiles = g.images * source.perImage
    for first in stride(from: 0, to: tiles, by: sharedChunk) {
      let count = min(sharedChunk, tiles - first)
      pool.split(count) { part, slots in
        let workspace = WinogradWorkspace(workspaces + part * workspaceCount, channels: mostChannels)
        for slot in slots {
          source.transform(
            Scheme.Input.self, offset: Scheme.inputOffset, first + slot, of: images, slot: slot, into: inputs, workspace)
          other.transform(Scheme.OutputAdjoint.self, offset: 0, first + slot, of: gradient, slot: slot, into: gradients, workspace)
        }
      }
      walk.depth = count
      let product = PanelProduct(
        walk: walk, offsets: offsets, rowStride: 1, panelStride: g.outputChannels, resultStride: g.outputChannels)
      forEachMatrix(Scheme.self, pool) { matrix, point, isFirst in
        var product = product
        product.isAdding = first > 0 || !isFirst
        for panel in sums.panels {
          product.run(
            rows: g.inputChannels, width: panel.width, inputs + point * source.pointStride,
            gradients + point * other.pointStride + panel.first, into: scratch + matrix * sums.pointStride + panel.first)
        }
      }
    }
    sums.transformBack(Scheme.WeightAdjoint.self, scratch, into: result, workspaces, pool: pool)
  }

  /// Calls `body(matrix, point, whether it is the matrix's first)` for every point. The matrices are shared out to the threads so that
  /// each has about as many points.
  @inline(__always)
  private func forEachMatrix<Scheme: WinogradScheme>(_: Scheme.Type, _ pool: ThreadPool, _ body: (Int, Int, Bool) -> Void) {
    let (all, parts) = (Scheme.points * Scheme.points, pool.partCount(36))
    pool.split(parts) { _, range in
      var before = 0
      for matrix in 0..<36 {
        let (row, column) = matrix.quotientAndRemainder(dividingBy: 6)
        let begin = before
        for i in 0..<Scheme.points where Scheme.matrix(of: i) == row {
          for j in 0..<Scheme.points where Scheme.matrix(of: j) == column {
            if range.contains(begin * parts / all) { body(matrix, Scheme.points * i + j, before == begin) }
            before += 1
          }
        }
      }
    }
  }
}
