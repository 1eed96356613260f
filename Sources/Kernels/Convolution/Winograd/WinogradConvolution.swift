/// The three passes of a 3×3 convolution with padding 1 by Winograd's algorithm, 4×4 outputs at a time: matrix products over channels in
/// place of 144 multiplications. With stride 1 they are 36, a quarter of the arithmetic (`UnitStrideScheme`); with stride 2 they are 81
/// (`DoubleStrideScheme`).
///
///     forward          V = Bᵀ d B of tiles of x      U = G w Gᵀ            M[p] = V[p] · U[p]          y = Aᵀ M A
///     input gradient   the same, of g with the weight turned by 180° and its channels exchanged
///     weight gradient  V = Bᵀ d B of tiles of x      D = A g Aᵀ            S[p] = Σ V[p]ᵀ · D[p]       ∂w = Gᵀ S G
///
/// for each of the points p. The weight gradient is the adjoint of forward in w, with the same transforms.
///
/// How many times as fast as `DirectConvolution` forward / input gradient / weight gradient are on one core, with stride 1 on a Zen 5 with
/// 64 images, with stride 2 on a Zen 4 with 128, in one run each:
///
///     64 @ 32×32     2.7 / 3.0 / 2.6      16 → 32 @ 32×32 ÷ 2    1.2 / 1.1 / 1.0      64 → 128 @ 32×32 ÷ 2     1.6 / 1.7 / 1.6
///     128 @ 16×16    2.9 / 3.1 / 2.4      32 → 64 @ 16×16 ÷ 2    1.3 / 1.5 / 1.3      128 → 256 @ 16×16 ÷ 2    1.6 / 1.6 / 1.4
///     256 @ 8×8      2.6 / 2.5 / 2.3      64 → 128 @ 8×8 ÷ 2     1.5 / 1.4 / 1.3      256 → 512 @ 8×8 ÷ 2      1.2 / 1.3 / 1.1
///     512 @ 4×4      2.1 / 2.0 / 2.7
///
/// The transforms add and take away numbers larger than the result, which costs two to three bits, with stride 2 one. Errors against sums
/// in float64, on normal x, w and g with two images of ResNet-18's stages, as `WinogradTests` measures them: the root mean square relative
/// to the result's, and the largest relative to the largest result, in units of 10⁻⁶ (direct → Winograd):
///
///     shape             forward                    input gradient             weight gradient
///      64 @ 32×32       0.42 → 1.7    0.87 →  5.7   0.43 → 1.8   0.93 →  7.1   0.56 → 2.1    1.0  → 6.7
///     128 @ 16×16       0.59 → 2.4    1.2  →  8.6   0.59 → 2.4   1.1  →  9.0   0.28 → 1.4    0.47 → 3.8
///     256 @ 8×8         0.81 → 3.3    1.6  → 11     0.80 → 3.5   1.7  → 15     0.14 → 0.96   0.25 → 3.6
///     512 @ 4×4         1.1  → 5.1    2.0  → 13     1.0  → 5.3   2.4  → 17     0.07 → 0.87   0.13 → 3.5
///      64 @ 32×32 ÷ 2   0.42 → 0.73   0.94 →  2.1   0.34 → 0.97  0.88 →  3.9   0.28 → 0.57   0.43 → 1.6
///     128 @ 16×16 ÷ 2   0.59 → 1.0    1.1  →  3.3   0.46 → 1.4   1.4  →  4.6   0.14 → 0.38   0.28 → 1.0
///     256 @ 8×8 ÷ 2     0.81 → 1.5    1.7  →  4.8   0.62 → 2.1   1.4  →  8.3   0.07 → 0.33   0.11 → 1.0
///
/// A channel 10⁴ times as large as the others changes nothing (0.45 → 2.3), as channels meet in the products only. A pixel so large
/// does: it spoils all 16 outputs of each tile it lies in, where direct sums spoil its own 3×3. On the others the error is 8.6·10⁻⁴ in
/// place of 4.3·10⁻⁷: such a layer is for `Convolution.Method.direct`.
struct WinogradConvolution: ConvolutionPasses {
  let geometry: ConvolutionGeometry
  let input: WinogradTiles
  let output: WinogradTiles
  /// Of forward, and of the weight gradient's sums: [C, O].
  let weights: WinogradWeights
  /// Of the input gradient: [O, C].
  private let turnedWeights: WinogradWeights
  /// Of these, 64 columns alone.
  let slab: WinogradWeights
  private let turnedSlab: WinogradWeights

  /// Whether `geometry` can be convolved so, and gains by it: tiles that stick out of a small image are work for nothing.
  static func suits(_ geometry: ConvolutionGeometry) -> Bool {
    let g = geometry
    let tiles = ((g.outputHeight + 3) / 4) * ((g.outputWidth + 3) / 4)
    // Of the multiplications at most a half may be left with stride 1, four fifths with stride 2: the transforms take their share too.
    let gains = g.stride == 1 ? 36 * tiles * 2 <= 9 * g.pixels : 81 * tiles * 5 <= 9 * g.pixels * 4
    return g.side == 3 && g.stride <= 2 && g.padding == 1 && g.inputChannels % 16 == 0 && g.outputChannels % 16 == 0 && g.images > 0 && gains
  }

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    let g = geometry
    let chunk = Self.chunk(weightCount: 36 * g.inputChannels * g.outputChannels)
    let (high, wide) = ((g.outputHeight + 3) / 4, (g.outputWidth + 3) / 4)
    input = WinogradTiles(
      height: g.height, width: g.width, channels: g.inputChannels, step: 4 * g.stride, tilesHigh: high, tilesWide: wide, chunk: chunk)
    output = WinogradTiles(
      height: g.outputHeight, width: g.outputWidth, channels: g.outputChannels, step: 4, tilesHigh: high, tilesWide: wide, chunk: chunk)
    weights = WinogradWeights(rows: g.inputChannels, columns: g.outputChannels)
    turnedWeights = WinogradWeights(rows: g.outputChannels, columns: g.inputChannels)
    slab = WinogradWeights(rows: g.inputChannels, columns: Self.slabWidth)
    turnedSlab = WinogradWeights(rows: g.outputChannels, columns: Self.slabWidth)
  }

  /// Tiles that a thread works on together: few where the matrices of the weight stay in its second cache beside them, more where they come
  /// from the third, and from memory. (64 channels: 7.7 ms with 12, 8.4 with 24; 512: 13 with 24, 12 with 64.) And more where they are next
  /// to nothing. (16 → 32 @ 32×32 ÷ 2, input gradient: 5.6 ms with 12, 5.2 with 24; but 32 → 64 @ 16×16 ÷ 2, forward: 4.5 and 4.7.)
  private static func chunk(weightCount: Int) -> Int {
    switch weightCount {
    case ...(1 << 15): 24
    case ...(3 << 16): 12
    case ...(1 << 22): 24
    default: 64
    }
  }

  private static let slabWidth = 64

  /// Whether a pass goes through a weight of so many columns by slabs, all `tiles` of a chunk with each: where the matrices of the whole
  /// weight, 38 MB for 512 channels, would go to memory and come back for a few tiles. A step of ResNet-18 with
  /// 64 images takes 0.96 of the time so.
  func goesBySlabs(_ weights: WinogradWeights, tiles: Int, of chunk: Int, _ pool: ThreadPool) -> Bool {
    // A slab is made by 16 columns at a time, which keeps four threads busy and no more.
    weights.count > 1 << 22 && weights.columns % Self.slabWidth == 0 && tiles <= chunk && pool.threadCount <= Self.slabWidth / 16
  }

  func forwardScratch(threads: Int) -> Int { scratch(threads) }
  func inputGradientScratch(threads: Int) -> Int { scratch(threads) }

  /// Points of a tile in each direction.
  var points: Int { geometry.stride == 1 ? UnitStrideScheme.points : DoubleStrideScheme.points }
  private var scratchOfThread: Int {
    WinogradWorkspace.count + input.transformedCount(points: points) + output.transformedCount(points: points)
  }
  private func scratch(_ threads: Int) -> Int {
    weights.count + SumWalk(depth: max(geometry.inputChannels, geometry.outputChannels)).scratchCount + threads * scratchOfThread
  }

  /// y = x ∗ w; as `Convolution` has it.
  func forward(
    input x: UnsafePointer<Float>, weight: UnsafePointer<Float>, output y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    forward(input: x, PlainPixels(), weight: weight, output: y, NoTally(), scratch: scratch, pool: pool)
  }

  /// The same of what `pixels` makes of x; `tally` goes along.
  func forward(
    input x: UnsafePointer<Float>, _ pixels: some PixelReading, weight: UnsafePointer<Float>, output y: UnsafeMutablePointer<Float>,
    _ tally: some ResultTally, scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.stride == 1 {
      forward(UnitStrideScheme.self, x, pixels, weight, y, tally, scratch, pool)
    } else {
      forward(DoubleStrideScheme.self, x, pixels, weight, y, tally, scratch, pool)
    }
  }

  /// How many pixels of the output each part of a forward pass writes.
  func outputPixels(ofPart part: Int, of parts: Int) -> Int {
    output.pixels(in: ThreadPool.range(of: part, parts: parts, count: tileCount))
  }
  /// Parts of a pass over all tiles.
  func partCount(_ pool: ThreadPool) -> Int { pool.partCount(tileCount) }
  var tileCount: Int { geometry.images * output.perImage }

  /// ∂L/∂x; as `Convolution` has it.
  func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    inputGradient(gradient: gradient, weight: weight, into: result, NoTally(), scratch: scratch, pool: pool)
  }

  /// The same; `tally` goes along.
  func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, _ tally: some ResultTally,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.stride == 1 {
      inputGradient(UnitStrideScheme.self, gradient, weight, result, tally, scratch, pool)
    } else {
      inputGradient(DoubleStrideScheme.self, gradient, weight, result, tally, scratch, pool)
    }
  }

  private func forward<Scheme: WinogradScheme>(
    _: Scheme.Type, _ x: UnsafePointer<Float>, _ pixels: some PixelReading, _ weight: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ tally: some ResultTally, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let kernels = WinogradKernels(pointer: weight, rowStride: geometry.taps, columnStride: geometry.depth, isTurned: false)
    run(
      Scheme.self, Scheme.Input.self, offset: Scheme.inputOffset, from: input, x, pixels, kernels, weights, slab, scratch, Scheme.Output.self,
      to: output, y, tally, pool)
  }

  private func inputGradient<Scheme: WinogradScheme>(
    _: Scheme.Type, _ gradient: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ tally: some ResultTally, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let kernels = WinogradKernels(pointer: weight, rowStride: geometry.depth, columnStride: geometry.taps, isTurned: true)
    run(
      Scheme.self, Scheme.GradientInput.self, offset: Scheme.gradientOffset, from: output, gradient, PlainPixels(), kernels, turnedWeights,
      turnedSlab, scratch, Scheme.GradientOutput.self, to: input, result, tally, pool)
  }

  /// The threads share out the tiles, and each takes its own through all three stages, some at a time: with the whole weight, or with one
  /// slab of it after the other.
  // What is called in a closure of an inlined function is not inlined into it, not even one instruction.
  @inline(never)
  private func run<Scheme: WinogradScheme, Before: AxisTransform, After: AxisTransform>(
    _: Scheme.Type, _: Before.Type, offset: Int, from source: WinogradTiles, _ images: UnsafePointer<Float>, _ pixels: some PixelReading,
    _ kernels: WinogradKernels, _ whole: WinogradWeights, _ slab: WinogradWeights, _ scratch: UnsafeMutablePointer<Float>, _: After.Type,
    to target: WinogradTiles, _ result: UnsafeMutablePointer<Float>, _ tally: some ResultTally, _ pool: ThreadPool
  ) {
    let parts = partCount(pool)
    let weights = goesBySlabs(whole, tiles: (tileCount + parts - 1) / parts, of: source.chunk, pool) ? slab : whole
    let walk = SumWalk(depth: source.channels)
    let offsets = walk.write(to: scratch + whole.count)
    let streams = Streaming.suits(result, count: geometry.images * target.height * target.width * target.channels)
    for column in stride(from: 0, to: whole.columns, by: weights.columns) {
      let columns = column..<(column + weights.columns)
      weights.transform(Scheme.Weight.self, kernels.columns(from: column), into: scratch, pool: pool)
      pool.split(tileCount) { part, tiles in
        let tally = tally.part(part)
        let begin = scratch + whole.count + walk.scratchCount + part * scratchOfThread
        let workspace = WinogradWorkspace(begin)
        let transformed = begin + WinogradWorkspace.count
        let products = transformed + source.transformedCount(points: points)
        for first in stride(from: tiles.lowerBound, to: tiles.upperBound, by: source.chunk) {
          let count = min(source.chunk, tiles.upperBound - first)
          // By slabs, all of a thread's tiles are one chunk, and there already.
          for slot in 0..<(column == 0 ? count : 0) {
            source.transform(Before.self, offset: offset, first + slot, of: images, pixels, slot: slot, into: transformed, workspace)
          }
          // What the next tiles are made of is asked for meanwhile, and what these tiles' results will be added up with, in equal shares.
          let (next, beside) = (images + source.begin(of: first + source.chunk), tally.beside.map { $0 + target.begin(of: first) })
          for i in 0..<Scheme.points {
            for j in 0..<Scheme.points {
              let (point, matrix) = (Scheme.points * i + j, 6 * Scheme.matrix(of: i) + Scheme.matrix(of: j))
              for panel in weights.panels {
                var product = PanelProduct(
                  walk: walk, offsets: offsets, rowStride: source.channels, panelStride: panel.width, resultStride: target.channels)
                if column + panel.first == 0 {
                  product.ahead = Self.share(
                    point, of: Scheme.points * Scheme.points, (next, source.begin(of: source.chunk)),
                    beside.map { ($0, target.begin(of: count)) })
                }
                product.run(
                  rows: count, width: panel.width, transformed + point * source.pointStride,
                  scratch + matrix * weights.pointStride + panel.first * weights.rows,
                  into: products + point * target.pointStride + column + panel.first)
              }
            }
          }
          for slot in 0..<count {
            func restore() {
              target.restore(
                After.self, first + slot, of: products, slot: slot, columns, into: result, tally, streams: streams, workspace)
            }
            restore()
            if first + slot == tiles.lowerBound && tally.beginsAnew(columns, after: target.pixels(in: first..<(first + 1))) { restore() }
          }
        }
        if streams { Streaming.end() }
      }
    }
  }

  /// Share number `position` of `count` of what is asked for: of the first for even ones and of the second for odd ones, where there are two.
  @inline(__always)
  static func share(
    _ position: Int, of count: Int, _ first: (pointer: UnsafePointer<Float>, count: Int), _ second: (pointer: UnsafePointer<Float>, count: Int)?
  ) -> (pointer: UnsafePointer<Float>, count: Int) {
    guard let second else { return (first.pointer + position * (first.count / count), first.count / count) }
    let taken = position % 2 == 0 ? first : second
    let share = 2 * taken.count / count
    return (taken.pointer + position / 2 * share, share)
  }
}
