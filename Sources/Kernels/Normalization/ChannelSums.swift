/// Sums over all entries of each channel: the reductions of batch norm.
///
/// The rows are shared out to the threads, whose sums are added in order. A thread sums some rows at a time in float32, in registers,
/// and those sums in double precision: so rounding does not grow with the batch, and the vectors stay whole.
///
/// `scratch` holds `scratchCount(channels:threads:)` floats. Arrays do not overlap. Nothing is allocated.
public enum ChannelSums {
  /// Rows that are summed in float32.
  private static let blockOfRows = 32
  /// Rows from which a first guess of the mean is made.
  private static let guessingRows = 16

  public static func scratchCount(channels: Int, threads: Int) -> Int { threads * countOfThread(channels) + aligned(3 * channels) }

  private static func countOfThread(_ channels: Int) -> Int { aligned(2 * 2 * channels) }

  /// `moments` [2, C] ← mean and biased variance, Σ(x − mean)² / rows, of `x` [rows, C].
  ///
  /// One pass: Σd²/n − (Σd/n)² of d = x − guess, where the guess is the mean of a few rows. Without it, the difference would lose
  /// every digit where the mean is a thousand deviations.
  public static func moments(
    of x: UnsafePointer<Float>, _ layout: ChannelLayout, into moments: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let guess = scratch + pool.threadCount * countOfThread(layout.channels)
    guessMeans(of: x, layout, into: guess)
    reduce(MomentTerms(x: x, guess: guess), layout, scratch, pool) { channel, sum, squares in
      let count = Double(layout.rows)
      let distance = sum / count
      moments[channel] = Float(Double(guess[channel]) + distance)
      moments[layout.channels + channel] = Float(notNegative(squares / count - distance * distance))
    }
  }

  /// A variance that rounding made negative is 0; one that is no number stays so.
  static func notNegative(_ variance: Double) -> Double { variance < 0 ? 0 : variance }

  private static func guessMeans(of x: UnsafePointer<Float>, _ layout: ChannelLayout, into guess: UnsafeMutablePointer<Float>) {
    let count = min(guessingRows, layout.rows)
    guess.update(repeating: 0, count: layout.channels)
    for index in 0..<count {
      let row = x + index * layout.rows / count * layout.channels
      for channel in 0..<layout.channels { guess[channel] += row[channel] / Float(count) }
    }
  }

  /// `sums` [2, C] ← Σg and Σg·x̂ of `gradient` g and `x` [rows, C], with x̂ = (x − mean) / √(variance + ε) and `moments` [2, C]
  /// of x: the gradients of batch norm's shift and scale. With `rectified`, g counts where that batch norm was above 0.
  public static func gradientSums(
    gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, moments: UnsafePointer<Float>, epsilon: Float,
    rectified: BatchNorm.Affine? = nil, _ layout: ChannelLayout, into sums: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    func finish(_ channel: Int, _ sum: Double, _ product: Double) {
      finishGradientSums(sum, product, channel, layout.channels, moments: moments, epsilon: epsilon, into: sums)
    }
    let terms = GradientTerms(gradient: gradient, x: x, means: moments)
    guard let rectified else { return reduce(terms, layout, scratch, pool, finish: finish) }
    let constants = scratch + pool.threadCount * countOfThread(layout.channels)
    rectified.constants(moments: moments, epsilon: epsilon, channels: layout.channels, into: constants)
    reduce(GatedTerms(terms: terms, constants: constants, channels: layout.channels), layout, scratch, pool, finish: finish)
  }

  /// Writes a channel's Σg and, of Σg·(x − mean), Σg·x̂ to `sums` [2, C].
  static func finishGradientSums(
    _ sum: Double, _ product: Double, _ channel: Int, _ channels: Int, moments: UnsafePointer<Float>, epsilon: Float,
    into sums: UnsafeMutablePointer<Float>
  ) {
    let deviation = (moments[channels + channel] + epsilon).squareRoot()
    sums[channel] = Float(sum)
    sums[channels + channel] = Float(product / Double(deviation))
  }

  /// Calls `finish(channel, first sum, second sum)` for every channel.
  // As `WinogradConvolution.run`.
  @inline(never)
  private static func reduce(
    _ terms: some ChannelTerms, _ layout: ChannelLayout, _ scratch: UnsafeMutablePointer<Float>, _ pool: ThreadPool,
    finish: (Int, Double, Double) -> Void
  ) {
    let channels = layout.channels
    let stride = countOfThread(channels) / 2
    // Scratch is nothing but bytes; it is aligned to cache lines.
    let sums = UnsafeMutableRawPointer(scratch).bindMemory(to: Double.self, capacity: pool.threadCount * stride)
    sums.update(repeating: 0, count: 2 * channels)
    pool.split(layout.rows, minimumPart: layout.smallestPart) { part, rows in
      let mine = sums + part * stride
      mine.update(repeating: 0, count: 2 * channels)
      for begin in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: blockOfRows) {
        let block = begin..<min(begin + blockOfRows, rows.upperBound)
        // A block is gone through 16 channels at a time, which the processor does not take for one long run.
        terms.prefetch(block.upperBound * channels, min(blockOfRows, rows.upperBound - block.upperBound) * channels)
        var channel = 0
        while channel + 16 <= channels {
          add(terms, channels, block, channel, to: mine, SIMD16<Float>.self, lanes: 16)
          channel += 16
        }
        while channel < channels {
          add(terms, channels, block, channel, to: mine, SIMD8<Float>.self, lanes: min(8, channels - channel))
          channel += 8
        }
      }
    }
    for part in 1..<max(1, pool.partCount(layout.rows, minimumPart: layout.smallestPart)) {
      for index in 0..<(2 * channels) { sums[index] += sums[part * stride + index] }
    }
    for channel in 0..<channels { finish(channel, sums[channel], sums[channels + channel]) }
  }

  /// Adds up a block of rows of some channels.
  @inline(__always)
  private static func add<Vector: RectifiableVector>(
    _ terms: some ChannelTerms, _ channels: Int, _ rows: Range<Int>, _ channel: Int, to sums: UnsafeMutablePointer<Double>,
    _: Vector.Type, lanes: Int
  ) {
    var (first, second) = (Vector(repeating: 0), Vector(repeating: 0))
    for row in rows { terms.add(row * channels + channel, channel, lanes: lanes, to: &first, &second) }
    for lane in 0..<lanes {
      sums[channel + lane] += Double(first[lane])
      sums[channels + channel + lane] += Double(second[lane])
    }
  }
}

/// What is summed at an index of the array and its channel, for some lanes from there on.
private protocol ChannelTerms {
  func add<Vector: RectifiableVector>(_ index: Int, _ channel: Int, lanes: Int, to first: inout Vector, _ second: inout Vector)
  /// Asks for `count` entries from `index` on.
  func prefetch(_ index: Int, _ count: Int)
}

private struct MomentTerms: ChannelTerms {
  let x: UnsafePointer<Float>
  let guess: UnsafePointer<Float>

  @inline(__always)
  func prefetch(_ index: Int, _ count: Int) { Prefetch.read(x + index, count) }

  @inline(__always)
  func add<Vector: RectifiableVector>(_ index: Int, _ channel: Int, lanes: Int, to first: inout Vector, _ second: inout Vector) {
    let distance = (x + index).load(Vector.self, lanes: lanes) - (guess + channel).load(Vector.self, lanes: lanes)
    first += distance
    second.addProduct(distance, distance)
  }
}

private struct GradientTerms: ChannelTerms {
  let gradient: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let means: UnsafePointer<Float>

  @inline(__always)
  func prefetch(_ index: Int, _ count: Int) {
    Prefetch.read(x + index, count)
    Prefetch.read(gradient + index, count)
  }

  @inline(__always)
  func add<Vector: RectifiableVector>(_ index: Int, _ channel: Int, lanes: Int, to first: inout Vector, _ second: inout Vector) {
    let g = (gradient + index).load(Vector.self, lanes: lanes)
    add(g, (x + index).load(Vector.self, lanes: lanes), channel, lanes, to: &first, &second)
  }

  @inline(__always)
  func add<Vector: RectifiableVector>(
    _ g: Vector, _ x: Vector, _ channel: Int, _ lanes: Int, to first: inout Vector, _ second: inout Vector
  ) {
    first += g
    second.addProduct(g, x - (means + channel).load(Vector.self, lanes: lanes))
  }
}

/// Of the gradient as the rectifier behind the batch norm lets it through.
private struct GatedTerms: ChannelTerms {
  let terms: GradientTerms
  let constants: UnsafePointer<Float>
  let channels: Int

  @inline(__always)
  func prefetch(_ index: Int, _ count: Int) { terms.prefetch(index, count) }

  @inline(__always)
  func add<Vector: RectifiableVector>(_ index: Int, _ channel: Int, lanes: Int, to first: inout Vector, _ second: inout Vector) {
    let x = (terms.x + index).load(Vector.self, lanes: lanes)
    let g = (terms.gradient + index).load(Vector.self, lanes: lanes)
    let gated = g.gated(by: ChannelLine<Vector>(constants: constants + channel, channels: channels, lanes: lanes).value(x))
    terms.add(gated, x, channel, lanes, to: &first, &second)
  }
}
