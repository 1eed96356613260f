extension WinogradConvolution {
  /// Floats of transformed tiles that all threads work on together: what the third cache holds beside the sums.
  private static let sharedFloats = 1 << 20

  /// At least so many tiles that the sums, where they are larger than a second cache, are not fetched for a few products: with 32 in
  /// place of 128 the layer of 256 channels takes up to 1.6 times as long.
  private var sharedChunk: Int {
    let perTile = points * points * (geometry.inputChannels + geometry.outputChannels)
    return max(weights.count > 1 << 19 ? 128 : 32, Self.sharedFloats / perTile)
  }
  private var sharedInput: WinogradTiles { input.with(chunk: sharedChunk) }
  private var sharedOutput: WinogradTiles { output.with(chunk: sharedChunk) }
  /// Of a transformed tile of the gradient, in each direction.
  private var gradientPoints: Int {
    geometry.stride == 1 ? UnitStrideScheme.OutputAdjoint.outputs : DoubleStrideScheme.OutputAdjoint.outputs
  }
  /// A channel of the tiles that are worked on together.
  private var weightWalk: SumWalk { SumWalk(depth: sharedChunk, depthStride: geometry.inputChannels) }

  func weightGradientScratch(threads: Int) -> Int {
    weights.count + threads * WinogradWorkspace.count + sharedInput.transformedCount(points: points)
      + sharedOutput.transformedCount(points: gradientPoints) + weightWalk.scratchCount
  }

  /// ∂L/∂w; as `Convolution` has it.
  func weightGradient(
    gradient: UnsafePointer<Float>, input images: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    weightGradient(gradient: gradient, input: images, PlainPixels(), into: result, scratch: scratch, pool: pool)
  }

  /// The same of what `pixels` makes of x.
  func weightGradient(
    gradient: UnsafePointer<Float>, input images: UnsafePointer<Float>, _ pixels: some PixelReading,
    into result: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.stride == 1 {
      weightGradient(UnitStrideScheme.self, gradient, images, pixels, result, scratch, pool)
    } else {
      weightGradient(DoubleStrideScheme.self, gradient, images, pixels, result, scratch, pool)
    }
  }

  /// The threads share out the tiles to transform them, and then the 36 matrices to sum them: so there is one array of sums, which
  /// for 512 channels is as large as a cache.
  private func weightGradient<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ images: UnsafePointer<Float>, _ pixels: some PixelReading,
    _ result: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let (g, source, other, sums) = (geometry, sharedInput, sharedOutput, weights)
    let workspaces = scratch + sums.count
    let inputs = workspaces + pool.threadCount * WinogradWorkspace.count
    let gradients = inputs + source.transformedCount(points: points)
    var walk = weightWalk
    let offsets = walk.write(to: gradients + other.transformedCount(points: gradientPoints))
    let tiles = g.images * source.perImage
    for first in stride(from: 0, to: tiles, by: sharedChunk) {
      let count = min(sharedChunk, tiles - first)
      pool.split(count) { part, slots in
        let workspace = WinogradWorkspace(workspaces + part * WinogradWorkspace.count)
        for slot in slots {
          source.transform(
            Scheme.Input.self, offset: Scheme.inputOffset, first + slot, of: images, pixels, slot: slot, into: inputs,
            workspace)
          other.transform(
            Scheme.OutputAdjoint.self, offset: 0, first + slot, of: gradient, PlainPixels(), slot: slot, into: gradients, workspace)
        }
      }
      walk.depth = count
      let product = PanelProduct(
        walk: walk, offsets: offsets, rowStride: 1, panelStride: g.outputChannels, resultStride: g.outputChannels)
      let nextInput = images + source.begin(of: first + sharedChunk)
      let nextGradient = gradient + other.begin(of: first + sharedChunk)
      forEachPoint(Scheme.self, pool) { position, point, gradientPoint, matrix, isFirst in
        var product = product
        product.isAdding = first > 0 || !isFirst
        for panel in sums.panels {
          product.ahead = panel.first > 0 ? nil : ahead(position, of: Scheme.points * Scheme.points, nextInput, nextGradient)
          product.run(
            rows: g.inputChannels, width: panel.width, inputs + point * source.pointStride,
            gradients + gradientPoint * other.pointStride + panel.first, into: scratch + matrix * sums.pointStride + panel.first)
        }
      }
    }
    sums.transformBack(Scheme.WeightAdjoint.self, scratch, into: result, workspaces, pool: pool)
  }

  /// Number `position`'s share of what the next tiles are made of: of x for an even one, of its gradient for an odd one.
  private func ahead(
    _ position: Int, of count: Int, _ images: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>
  ) -> (pointer: UnsafePointer<Float>, count: Int) {
    let floats = (position % 2 == 0 ? sharedInput : sharedOutput).begin(of: sharedChunk)
    let share = 2 * floats / count
    return ((position % 2 == 0 ? images : gradient) + position / 2 * share, share)
  }

  /// Calls `body(position, point of x, point of the gradient, matrix, whether it is the matrix's first)` for every point. The matrices
  /// are shared out to the threads so that each has about as many points.
  @inline(__always)
  private func forEachPoint<Scheme: WinogradScheme>(_: Scheme.Type, _ pool: ThreadPool, _ body: (Int, Int, Int, Int, Bool) -> Void) {
    let (side, parts) = (Scheme.points, pool.partCount(36))
    pool.split(parts) { _, range in
      var position = 0
      for matrix in 0..<36 {
        let (row, column) = matrix.quotientAndRemainder(dividingBy: 6)
        let begin = position
        for i in 0..<side where Scheme.matrix(of: i) == row {
          for j in 0..<side where Scheme.matrix(of: j) == column {
            if range.contains(begin * parts / (side * side)) {
              let gradientPoint = gradientPoints * Scheme.gradientPoint(of: i) + Scheme.gradientPoint(of: j)
              body(position, side * i + j, gradientPoint, matrix, position == begin)
            }
            position += 1
          }
        }
      }
    }
  }
}
