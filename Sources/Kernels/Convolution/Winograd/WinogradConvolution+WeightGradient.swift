extension WinogradConvolution {
  /// Whether each thread has sums of its own: where they fit a second cache beside some tiles. Tiles that all threads work on together go
  /// from one thread's caches to another's: 16 → 32 @ 32×32 ÷ 2 takes 0.91 of the time apart.
  private var sumsApart: Bool { weights.count <= 1 << 17 }
  /// Floats of sums and transformed tiles that a second cache holds.
  private static let apartFloats = 3 << 16
  /// Floats of transformed tiles that all threads work on together: what the third cache holds beside the sums.
  private static let sharedFloats = 1 << 20

  /// Together, at least so many tiles that the sums, where they are larger than a second cache, are not fetched for a few products: with
  /// 32 in place of 128 the layer of 256 channels takes up to 1.6 times as long.
  private var tilesAtOnce: Int {
    let perTile = points * points * geometry.inputChannels + gradientPoints * gradientPoints * geometry.outputChannels
    if sumsApart { return max(16, (Self.apartFloats - weights.count) / perTile) }
    return max(weights.count > 1 << 19 ? 128 : 32, Self.sharedFloats / perTile)
  }
  private var chunkedInput: WinogradTiles { input.with(chunk: tilesAtOnce) }
  private var chunkedOutput: WinogradTiles { output.with(chunk: tilesAtOnce) }
  /// Of a transformed tile of the gradient, in each direction.
  private var gradientPoints: Int {
    geometry.stride == 1 ? UnitStrideScheme.OutputAdjoint.outputs : DoubleStrideScheme.OutputAdjoint.outputs
  }
  /// A channel of the tiles that are worked on at once.
  private var weightWalk: SumWalk { SumWalk(depth: tilesAtOnce, depthStride: geometry.inputChannels) }

  // Scratch: the sums, the threads' workspaces, the list of offsets, the transformed tiles; sums and tiles once, or for each thread.

  func weightGradientScratch(threads: Int) -> Int {
    sumsCount(threads) + threads * WinogradWorkspace.count + weightWalk.scratchCount + (sumsApart ? threads : 1) * tilesCount
  }
  private func sumsCount(_ threads: Int) -> Int { (sumsApart ? threads : 1) * weights.count }
  private var tilesCount: Int { inputTilesCount + chunkedOutput.transformedCount(points: gradientPoints) }
  private var inputTilesCount: Int { chunkedInput.transformedCount(points: points) }
  private func workspaces(_ scratch: UnsafeMutablePointer<Float>, _ threads: Int) -> UnsafeMutablePointer<Float> { scratch + sumsCount(threads) }
  private func offsets(_ scratch: UnsafeMutablePointer<Float>, _ threads: Int) -> UnsafeMutablePointer<Float> {
    workspaces(scratch, threads) + threads * WinogradWorkspace.count
  }
  private func transformed(
    _ scratch: UnsafeMutablePointer<Float>, _ threads: Int, part: Int
  ) -> (inputs: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>) {
    let inputs = offsets(scratch, threads) + weightWalk.scratchCount + part * tilesCount
    return (inputs, inputs + inputTilesCount)
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

  private func weightGradient<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ images: UnsafePointer<Float>, _ pixels: some PixelReading,
    _ result: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    if sumsApart {
      sumApart(Scheme.self, gradient, images, pixels, scratch, pool)
      weights.transformBack(Scheme.WeightAdjoint.self, scratch, into: result, workspaces(scratch, pool.threadCount), pool: pool)
    } else {
      sumTogether(Scheme.self, gradient, images, pixels, result, scratch, pool)
    }
  }

  /// Each thread takes tiles of its own through all stages, some at a time, to sums of its own; these are added in the order of the threads.
  private func sumApart<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ images: UnsafePointer<Float>, _ pixels: some PixelReading,
    _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let (source, other) = (chunkedInput, chunkedOutput)
    let offsets = weightWalk.write(to: offsets(scratch, pool.threadCount))
    pool.split(tileCount) { part, range in
      let workspace = WinogradWorkspace(workspaces(scratch, pool.threadCount) + part * WinogradWorkspace.count)
      let (inputs, gradients) = transformed(scratch, pool.threadCount, part: part)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: source.chunk) {
        let slots = 0..<min(source.chunk, range.upperBound - first)
        transform(Scheme.self, images, pixels, gradient, first: first, slots, inputs, gradients, workspace)
        let sum = TileSum(self, weights, first: first, count: slots.count, isFirst: first == range.lowerBound, offsets, images, gradient)
        forEachPoint(Scheme.self, 0..<1, of: 1) { position, point, gradientPoint, matrix, isFirst in
          sum.run(
            position, inputs + point * source.pointStride, gradients + gradientPoint * other.pointStride,
            into: scratch + part * weights.count + matrix * weights.pointStride, isFirst: isFirst)
        }
      }
    }
    let parts = partCount(pool)
    guard parts > 1 else { return }
    pool.split(weights.count, minimumPart: 1 << 14) { _, range in
      for part in 1..<parts {
        Elementwise.add(scratch + range.lowerBound, 1, scratch + part * weights.count + range.lowerBound, 1, scratch + range.lowerBound, range.count)
      }
    }
  }

  /// The threads share out the tiles to transform them, and then the 36 matrices to sum them: so there is one array of sums, which
  /// for 512 channels is as large as a cache. By slabs, those of some columns are made into weights before the next.
  private func sumTogether<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ images: UnsafePointer<Float>, _ pixels: some PixelReading,
    _ result: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let (source, other) = (chunkedInput, chunkedOutput)
    let (inputs, gradients) = transformed(scratch, pool.threadCount, part: 0)
    let offsets = weightWalk.write(to: offsets(scratch, pool.threadCount))
    let tiles = tileCount
    let sums = goesBySlabs(weights, tiles: tiles, of: source.chunk, pool) ? slab : weights
    for column in stride(from: 0, to: weights.columns, by: sums.columns) {
      for first in stride(from: 0, to: tiles, by: source.chunk) {
        let count = min(source.chunk, tiles - first)
        if column == 0 {
          pool.split(count) { part, slots in
            let workspace = WinogradWorkspace(workspaces(scratch, pool.threadCount) + part * WinogradWorkspace.count)
            transform(Scheme.self, images, pixels, gradient, first: first, slots, inputs, gradients, workspace)
          }
        }
        let sum = TileSum(self, sums, first: first, count: count, isFirst: first == 0, offsets, images, gradient)
        let parts = pool.partCount(36)
        pool.split(parts) { _, range in
          forEachPoint(Scheme.self, range, of: parts) { position, point, gradientPoint, matrix, isFirst in
            sum.run(
              position, inputs + point * source.pointStride, gradients + gradientPoint * other.pointStride + column,
              into: scratch + matrix * sums.pointStride, isFirst: isFirst)
          }
        }
      }
      sums.transformBack(
        Scheme.WeightAdjoint.self, scratch, into: result + column * geometry.depth, workspaces(scratch, pool.threadCount), pool: pool)
    }
  }

  /// Tiles from number `first` on and their gradients, to `slots` of `inputs` and `gradients`.
  private func transform<Scheme: WinogradScheme>(
    _: Scheme.Type, _ images: UnsafePointer<Float>, _ pixels: some PixelReading, _ gradient: UnsafePointer<Float>, first: Int,
    _ slots: Range<Int>, _ inputs: UnsafeMutablePointer<Float>, _ gradients: UnsafeMutablePointer<Float>, _ workspace: WinogradWorkspace
  ) {
    for slot in slots {
      chunkedInput.transform(
        Scheme.Input.self, offset: Scheme.inputOffset, first + slot, of: images, pixels, slot: slot, into: inputs, workspace)
      chunkedOutput.transform(
        Scheme.OutputAdjoint.self, offset: 0, first + slot, of: gradient, PlainPixels(), slot: slot, into: gradients, workspace)
    }
  }

  /// The sums over some tiles, of one point at a time.
  private struct TileSum {
    let product: PanelProduct
    let panels: [Panel]
    let rows: Int
    let isFirst: Bool
    let points: Int
    /// What the next tiles are made of, in floats from there on: x, and its gradient.
    let next: (images: (pointer: UnsafePointer<Float>, count: Int), gradient: (pointer: UnsafePointer<Float>, count: Int))

    /// - Parameter isFirst: whether there are no sums yet.
    init(
      _ convolution: WinogradConvolution, _ sums: WinogradWeights, first: Int, count: Int, isFirst: Bool, _ offsets: UnsafePointer<Int32>,
      _ images: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>
    ) {
      let (g, source, other) = (convolution.geometry, convolution.chunkedInput, convolution.chunkedOutput)
      var walk = convolution.weightWalk
      walk.depth = count
      product = PanelProduct(walk: walk, offsets: offsets, rowStride: 1, panelStride: g.outputChannels, resultStride: sums.columns)
      panels = sums.panels
      rows = g.inputChannels
      points = convolution.points * convolution.points
      self.isFirst = isFirst
      let nextCount = min(source.chunk, convolution.tileCount - first - count)
      next = (
        (images + source.begin(of: first + count), source.begin(of: nextCount)),
        (gradient + other.begin(of: first + count), other.begin(of: nextCount))
      )
    }

    /// - Parameter isFirst: whether nothing was added to this matrix from these tiles.
    @inline(__always)
    func run(
      _ position: Int, _ inputs: UnsafePointer<Float>, _ gradients: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>, isFirst: Bool
    ) {
      var product = product
      product.isAdding = !self.isFirst || !isFirst
      for panel in panels {
        product.ahead = panel.first > 0 ? nil : WinogradConvolution.share(position, of: points, next.images, next.gradient)
        product.run(rows: rows, width: panel.width, inputs, gradients + panel.first, into: sums + panel.first)
      }
    }
  }

  /// Calls `body(position, point of x, point of the gradient, matrix, whether it is the matrix's first)` for every point of those that are
  /// in `range` of as many as `parts`. The matrices are shared out to the parts so that each has about as many points.
  @inline(__always)
  private func forEachPoint<Scheme: WinogradScheme>(
    _: Scheme.Type, _ range: Range<Int>, of parts: Int, _ body: (Int, Int, Int, Int, Bool) -> Void
  ) {
    let side = Scheme.points
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
