/// y = slope·(x − center) + offset, and with a second array y = slope·(x − center) + offset + factor·g, with constants for each
/// channel: both directions of batch norm. One pass over [N, C, P]; `y` may be `x` or `g`. The images are shared out to the
/// threads.
struct ChannelAffine {
  let x: UnsafePointer<Float>
  let g: UnsafePointer<Float>?
  let y: UnsafeMutablePointer<Float>
  /// [4, C]: center, slope, offset, factor (the last is not read without `g`).
  let constants: UnsafePointer<Float>
  let layout: ChannelLayout
  /// Negative results become 0, as `Elementwise.relu` makes them.
  var rectifies = false

  func run(on pool: ThreadPool) {
    pool.split(layout.images, minimumPart: layout.smallestPartInImages) { _, images in
      for image in images {
        let start = image * layout.channels * layout.pixels
        if layout.pixels == 1 {
          row(start)
        } else {
          for channel in 0..<layout.channels { run(start + channel * layout.pixels, channel) }
        }
      }
    }
  }

  /// The entries of one channel of one image.
  @inline(__always)
  private func run(_ start: Int, _ channel: Int) {
    let constant = Constants<SIMD16<Float>>(
      center: .init(repeating: constants[channel]), slope: .init(repeating: constants[layout.channels + channel]),
      offset: .init(repeating: constants[2 * layout.channels + channel]),
      factor: .init(repeating: g == nil ? 0 : constants[3 * layout.channels + channel]))
    var pixel = 0
    while pixel + 16 <= layout.pixels {
      apply(start + pixel, constant)
      pixel += 16
    }
    while pixel < layout.pixels {
      applyOne(start + pixel, channel)
      pixel += 1
    }
  }

  /// The channels of one row of [N, C].
  @inline(__always)
  private func row(_ start: Int) {
    var channel = 0
    while channel + 16 <= layout.channels {
      let place = constants + channel
      let constant = Constants<SIMD16<Float>>(
        center: place.load(SIMD16<Float>.self), slope: (place + layout.channels).load(SIMD16<Float>.self),
        offset: (place + 2 * layout.channels).load(SIMD16<Float>.self),
        factor: g == nil ? .zero : (place + 3 * layout.channels).load(SIMD16<Float>.self))
      apply(start + channel, constant)
      channel += 16
    }
    while channel < layout.channels {
      applyOne(start + channel, channel)
      channel += 1
    }
  }

  private struct Constants<Vector> {
    let center: Vector
    let slope: Vector
    let offset: Vector
    let factor: Vector
  }

  @inline(__always)
  private func apply(_ index: Int, _ constant: Constants<SIMD16<Float>>) {
    let centered = (x + index).load(SIMD16<Float>.self) - constant.center
    var value = constant.offset.addingProduct(centered, constant.slope)
    if let g { value.addProduct((g + index).load(SIMD16<Float>.self), constant.factor) }
    (y + index).store(rectifies ? value.replacing(with: 0, where: value .< 0) : value)
  }

  @inline(__always)
  private func applyOne(_ index: Int, _ channel: Int) {
    let centered = x[index] - constants[channel]
    var value = constants[2 * layout.channels + channel].addingProduct(centered, constants[layout.channels + channel])
    if let g { value.addProduct(g[index], constants[3 * layout.channels + channel]) }
    y[index] = rectifies && value < 0 ? 0 : value
  }
}
