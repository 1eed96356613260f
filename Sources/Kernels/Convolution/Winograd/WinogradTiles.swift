/// The 4×4 tiles that an image is cut into, and the transforms of many tiles at a time.
///
/// Transformed tiles are [36, tiles, channels], the 36 matrices `pointStride` floats apart: a little more than they are long, since
/// numbers at a distance of whole pages would drive one another out of the first cache.
struct WinogradTiles: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  /// Tiles that are transformed together.
  let chunk: Int

  var tilesHigh: Int { (height + 3) / 4 }
  var tilesWide: Int { (width + 3) / 4 }
  var perImage: Int { tilesHigh * tilesWide }
  var pointStride: Int { aligned(chunk * channels) + 16 }
  var transformedCount: Int { 36 * pointStride }

  /// Where a tile begins: its image, line and column.
  @inline(__always)
  private func place(_ tile: Int) -> (image: Int, line: Int, column: Int) {
    let (image, inImage) = tile.quotientAndRemainder(dividingBy: perImage)
    let (row, column) = inImage.quotientAndRemainder(dividingBy: tilesWide)
    return (image, 4 * row, 4 * column)
  }

  /// `target`[·, `slot`, ·] ← Bᵀ d B of the 6×6 pixels around tile number `tile`.
  func transformInput(
    _ tile: Int, of images: UnsafePointer<Float>, slot: Int, into target: UnsafeMutablePointer<Float>, _ workspace: WinogradWorkspace
  ) {
    let at = place(tile)
    let (pixels, temporary) = (workspace.pixels, workspace.temporary)
    findPixels(side: 6, of: images + at.image * height * width * channels, at.line - 1, at.column - 1, workspace)
    for channel in stride(from: 0, to: channels, by: 16) {
      @inline(__always) func pixel(_ i: Int, _ j: Int) -> Lanes { (pixels[6 * i + j] + channel).load(Lanes.self) }
      for j in 0..<6 {
        let column = WinogradTransforms.input((pixel(0, j), pixel(1, j), pixel(2, j), pixel(3, j), pixel(4, j), pixel(5, j)))
        (temporary + j).store(column, stride: 6)
      }
      // The next tile's pixels, but for those that it shares with this one.
      for i in 0..<6 { for j in 2..<6 { Prefetch.read(pixels[6 * i + j] + channel + 4 * channels, 16) } }
      let result = target + slot * channels + channel
      for i in 0..<6 {
        let line = WinogradTransforms.input(temporary.six(6 * i, stride: 1))
        (result + 6 * i * pointStride).store(line, stride: pointStride)
      }
    }
  }

  /// `target`[·, `slot`, ·] ← A y Aᵀ of the 4×4 pixels of tile number `tile`: the adjoint of `transformOutput`.
  func transformOutputAdjoint(
    _ tile: Int, of images: UnsafePointer<Float>, slot: Int, into target: UnsafeMutablePointer<Float>, _ workspace: WinogradWorkspace
  ) {
    let at = place(tile)
    let (pixels, temporary) = (workspace.pixels, workspace.temporary)
    findPixels(side: 4, of: images + at.image * height * width * channels, at.line, at.column, workspace)
    for channel in stride(from: 0, to: channels, by: 16) {
      @inline(__always) func pixel(_ i: Int, _ j: Int) -> Lanes { (pixels[4 * i + j] + channel).load(Lanes.self) }
      for j in 0..<4 {
        (temporary + j).store(WinogradTransforms.outputAdjoint((pixel(0, j), pixel(1, j), pixel(2, j), pixel(3, j))), stride: 4)
      }
      for i in 0..<4 { for j in 0..<4 { Prefetch.read(pixels[4 * i + j] + channel + 4 * channels, 16) } }
      let result = target + slot * channels + channel
      for i in 0..<6 {
        let line = (temporary[4 * i], temporary[4 * i + 1], temporary[4 * i + 2], temporary[4 * i + 3])
        (result + 6 * i * pointStride).store(WinogradTransforms.outputAdjoint(line), stride: pointStride)
      }
    }
  }

  /// The pixels of tile number `tile` ← Aᵀ m A of `products`[·, `slot`, ·].
  func transformOutput(
    _ tile: Int, of products: UnsafePointer<Float>, slot: Int, into images: UnsafeMutablePointer<Float>, _ workspace: WinogradWorkspace
  ) {
    let at = place(tile)
    let image = images + at.image * height * width * channels
    let (lines, columns) = (min(4, height - at.line), min(4, width - at.column))
    let temporary = workspace.temporary
    for channel in stride(from: 0, to: channels, by: 16) {
      let source = products + slot * channels + channel
      for j in 0..<6 {
        let m = WinogradTransforms.output(source.six(j * pointStride, stride: 6 * pointStride))
        (temporary[j], temporary[6 + j], temporary[12 + j], temporary[18 + j]) = m
      }
      for i in 0..<lines {
        let y = WinogradTransforms.output(temporary.six(6 * i, stride: 1))
        let target = image + ((at.line + i) * width + at.column) * channels + channel
        for j in 4..<8 { Prefetch.write(target + j * channels, 16) }
        target.store(y.0)
        if columns > 1 { (target + channels).store(y.1) }
        if columns > 2 { (target + 2 * channels).store(y.2) }
        if columns > 3 { (target + 3 * channels).store(y.3) }
      }
    }
  }

  /// `workspace.pixels` ← where each of side² pixels from (line, column) on has its channels: zeros for those outside.
  @inline(__always)
  private func findPixels(side: Int, of image: UnsafePointer<Float>, _ line: Int, _ column: Int, _ workspace: WinogradWorkspace) {
    for i in 0..<side {
      let isInside = line + i >= 0 && line + i < height
      for j in 0..<side {
        workspace.pixels[side * i + j] =
          isInside && column + j >= 0 && column + j < width ? image + ((line + i) * width + column + j) * channels : workspace.zeros
      }
    }
  }
}

extension UnsafePointer<Float> {
  @inline(__always)
  func six(_ first: Int, stride: Int) -> WinogradTransforms.Six {
    let place = self + first
    return (
      place.load(Lanes.self), (place + stride).load(Lanes.self), (place + 2 * stride).load(Lanes.self), (place + 3 * stride).load(Lanes.self),
      (place + 4 * stride).load(Lanes.self), (place + 5 * stride).load(Lanes.self)
    )
  }
}

extension UnsafeMutablePointer<Lanes> {
  @inline(__always)
  func six(_ first: Int, stride: Int) -> WinogradTransforms.Six {
    let place = self + first
    return (place[0], place[stride], place[2 * stride], place[3 * stride], place[4 * stride], place[5 * stride])
  }

  @inline(__always)
  func store(_ six: WinogradTransforms.Six, stride: Int) {
    self[0] = six.0
    self[stride] = six.1
    self[2 * stride] = six.2
    self[3 * stride] = six.3
    self[4 * stride] = six.4
    self[5 * stride] = six.5
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func store(_ six: WinogradTransforms.Six, stride: Int) {
    store(six.0)
    (self + stride).store(six.1)
    (self + 2 * stride).store(six.2)
    (self + 3 * stride).store(six.3)
    (self + 4 * stride).store(six.4)
    (self + 5 * stride).store(six.5)
  }
}
