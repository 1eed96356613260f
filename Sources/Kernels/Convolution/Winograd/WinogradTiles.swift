/// The tiles that an image is cut into, and the transforms of many tiles at a time.
///
/// Transformed tiles are [points², tiles, channels], the matrices `pointStride` floats apart: a little more than they are long, since
/// numbers at a distance of whole pages would drive one another out of the first cache.
struct WinogradTiles: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  /// Pixels from one tile to the next.
  let step: Int
  let tilesHigh: Int
  let tilesWide: Int
  /// Tiles that are transformed together.
  var chunk: Int

  func with(chunk: Int) -> Self {
    var tiles = self
    tiles.chunk = chunk
    return tiles
  }

  var perImage: Int { tilesHigh * tilesWide }
  var pointStride: Int { aligned(chunk * channels) + 16 }
  func transformedCount(points: Int) -> Int { points * points * pointStride }

  /// Of the tiles in `range`, those inside of an image.
  func pixels(in range: Range<Int>) -> Int { pixels(before: range.upperBound) - pixels(before: range.lowerBound) }

  private func pixels(before tile: Int) -> Int {
    let at = place(tile)
    return (at.image * height + at.line) * width + min(step, height - at.line) * at.column
  }

  /// Where in the images, about, tile number `tile` begins, in floats.
  func begin(of tile: Int) -> Int { tile * height * width * channels / perImage }

  /// Where a tile begins: its image, line and column.
  @inline(__always)
  private func place(_ tile: Int) -> (image: Int, line: Int, column: Int) {
    let (image, inImage) = tile.quotientAndRemainder(dividingBy: perImage)
    let (row, column) = inImage.quotientAndRemainder(dividingBy: tilesWide)
    return (image, step * row, step * column)
  }

  /// `target`[·, `slot`, ·] ← `Transform`, in both directions, of the pixels from `offset` before tile number `tile` on: zeros for those
  /// outside of the image.
  @inline(__always)
  func transform<Transform: AxisTransform>(
    _: Transform.Type, offset: Int, _ tile: Int, of images: UnsafePointer<Float>, _ pixels: some PixelReading, slot: Int,
    into target: UnsafeMutablePointer<Float>, _ workspace: WinogradWorkspace
  ) {
    let at = place(tile)
    let temporary = workspace.temporary
    let (inputs, points) = (Transform.inputs, Transform.outputs)
    let (line, column) = (at.line - offset, at.column - offset)
    let inside = max(0, -line)..<min(inputs, height - line)
    let (zero, lineStride) = (Lanes(repeating: 0), width * channels)
    for channel in stride(from: 0, to: channels, by: 16) {
      let pixels = pixels.from(channel: channel)
      let corner = images + (at.image * height + line) * lineStride + column * channels + channel
      for j in 0..<inputs {
        let first = corner + j * channels
        if column + j < 0 || column + j >= width {
          for i in 0..<points { temporary[inputs * i + j] = zero }
        } else if inside.count == inputs {
          Transform.run({ pixels.read(first + $0 * lineStride) }, { temporary[inputs * $0 + j] = $1 })
        } else {
          Transform.run({ inside.contains($0) ? pixels.read(first + $0 * lineStride) : zero }, { temporary[inputs * $0 + j] = $1 })
        }
      }
      let result = target + slot * channels + channel
      for i in 0..<points {
        Transform.run({ temporary[inputs * i + $0] }) { j, numbers in
          let place = result + (points * i + j) * pointStride
          place.store(numbers)
          // What comes next goes to the line behind, which is in no first cache.
          Prefetch.write(place + 16)
        }
      }
    }
  }

  /// The pixels of tile number `tile` ← `Transform`, in both directions, of `products`[·, `slot`, ·], of some channels; `streams`: past the
  /// caches. `tally` goes along.
  @inline(__always)
  func restore<Transform: AxisTransform>(
    _: Transform.Type, _ tile: Int, of products: UnsafePointer<Float>, slot: Int, _ some: Range<Int>,
    into images: UnsafeMutablePointer<Float>, _ tally: some ResultTally, streams: Bool, _ workspace: WinogradWorkspace
  ) {
    let at = place(tile)
    let image = images + at.image * height * width * channels
    let (points, outputs) = (Transform.inputs, Transform.outputs)
    let (lines, columns) = (min(outputs, height - at.line), min(outputs, width - at.column))
    let temporary = workspace.temporary
    for channel in stride(from: some.lowerBound, to: some.upperBound, by: 16) {
      let source = products + slot * channels + channel
      var tally = tally.channels(from: channel)
      for j in 0..<points {
        Transform.run({ (source + (points * $0 + j) * pointStride).load(Lanes.self) }, { temporary[points * $0 + j] = $1 })
      }
      for i in 0..<lines {
        let target = image + ((at.line + i) * width + at.column) * channels + channel
        let index = target - images
        if streams {
          Transform.run({ temporary[points * i + $0] }) { j, numbers in
            guard j < columns else { return }
            Streaming.store(numbers, to: target + j * channels)
            tally.add(numbers, at: index + j * channels)
          }
        } else {
          for j in step..<(2 * step) { Prefetch.write(target + j * channels) }
          Transform.run({ temporary[points * i + $0] }) { j, numbers in
            guard j < columns else { return }
            (target + j * channels).store(numbers)
            tally.add(numbers, at: index + j * channels)
          }
        }
      }
      tally.keep()
    }
  }
}
