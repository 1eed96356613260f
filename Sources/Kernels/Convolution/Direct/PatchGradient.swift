/// The gradient of a convolution's weight, summed in registers:
///
///     ∂L/∂w[o, c, a, b] = Σ_{n, i, j} g[n, o, i, j] · p[n, stride·i + a, stride·j + b, c]
///
/// with p a `ChannelsLastImage`. A register tile holds eight o and 48 neighbours (b, c) of one or several a while all outputs of
/// some images go by; g is read where it lies, a number at a time, and nothing is unfolded.
struct PatchGradient: Sendable {
  private let geometry: ConvolutionGeometry
  let image: ChannelsLastImage

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    image = ChannelsLastImage(geometry)
  }

  private var vectors: Int { geometry.side * image.vectorsPerRow }
  private var tiles: Int { (vectors + 2) / 3 }
  private var sumsPerRow: Int { tiles * RegisterTile.columns }
  private var rowPanels: Int { (geometry.outputChannels + RegisterTile.rows - 1) / RegisterTile.rows }
  /// Floats of the sums of one thread, [⌈O / 8⌉ · 8, tiles · 48].
  var sumCount: Int { rowPanels * RegisterTile.rows * sumsPerRow }

  /// Adds to `sums` what `images` of them give.
  func add(
    images: Int, gradient: UnsafePointer<Float>, image pixels: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
  ) {
    // What a tile reads of the images stays in the first cache for all rows.
    for tile in 0..<tiles {
      for rowPanel in 0..<rowPanels {
        let places = RegisterTile.Places(at: sums + rowPanel * RegisterTile.rows * sumsPerRow + tile * RegisterTile.columns)
        multiply(
          images, gradient + rowPanel * RegisterTile.rows * geometry.pixels,
          last: min(RegisterTile.rows, geometry.outputChannels - rowPanel * RegisterTile.rows) - 1,
          pixels + offset(3 * tile), pixels + offset(3 * tile + 1), pixels + offset(3 * tile + 2), into: places)
      }
    }
  }

  /// Where in the image the first output reads vector `vector`; the last one again for those that only fill up a tile.
  private func offset(_ vector: Int) -> Int {
    let (row, part) = min(vector, vectors - 1).quotientAndRemainder(dividingBy: image.vectorsPerRow)
    return row * image.lineStride + 16 * part
  }

  /// - Parameter last: the last of the eight rows that is there; further ones repeat it.
  @inline(never)
  private func multiply(
    _ images: Int, _ gradient: UnsafePointer<Float>, last: Int, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>,
    _ third: UnsafePointer<Float>, into places: RegisterTile.Places
  ) {
    let (width, step) = (geometry.outputWidth, geometry.stride * geometry.inputChannels)
    var tile = RegisterTile()
    for image in 0..<images {
      for line in 0..<geometry.outputHeight {
        let g0 = gradient + image * geometry.outputCount + line * width
        let g1 = g0 + min(1, last) * geometry.pixels
        let g2 = g0 + min(2, last) * geometry.pixels
        let g3 = g0 + min(3, last) * geometry.pixels
        let g4 = g0 + min(4, last) * geometry.pixels
        let g5 = g0 + min(5, last) * geometry.pixels
        let g6 = g0 + min(6, last) * geometry.pixels
        let g7 = g0 + min(7, last) * geometry.pixels
        var place = image * self.image.count + line * geometry.stride * self.image.lineStride
        for column in 0..<width {
          let g = (g0[column], g1[column], g2[column], g3[column], g4[column], g5[column], g6[column], g7[column])
          tile.add(g, .init(first + place, second + place, third + place))
          place += step
        }
      }
    }
    tile.add(to: places, stride: sumsPerRow)
  }

  /// `result` [O, C, side, side] ← the sums of `parts` threads, `stride` floats apart, in order.
  func gather(
    _ sums: UnsafePointer<Float>, parts: Int, stride: Int, into result: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let (side, channels) = (geometry.side, geometry.inputChannels)
    pool.split(geometry.outputChannels, minimumPart: max(1, (1 << 14) / max(1, geometry.depth))) { _, rows in
      for row in rows {
        let target = result + row * geometry.depth
        for a in 0..<side {
          let source = sums + row * sumsPerRow + 16 * image.vectorsPerRow * a
          for b in 0..<side {
            for channel in 0..<channels {
              var sum: Float = 0
              for part in 0..<parts { sum += source[part * stride + b * channels + channel] }
              target[(channel * side + a) * side + b] = sum
            }
          }
        }
      }
    }
  }
}
