/// An input image laid out so that unfolding it only copies runs: padded with zeros and split into its phases of the stride.
///
///     p [channels, phaseSide, phaseSide, height, width]
///     p[c, a, b, i, j] = x[c, stride·i + a − padding, stride·j + b − padding]
///
/// Tap (a, b) of the kernel at output (i, j) reads phase (a mod stride, b mod stride) at (i + a / stride, j + b / stride), so one
/// output row reads one run of consecutive floats. With stride 1 there is one phase, the padded image.
struct PhaseImage: Sendable {
  private let geometry: ConvolutionGeometry
  /// Phases in each direction that some tap reads.
  private let phaseSide: Int
  let height: Int
  let width: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    phaseSide = min(geometry.stride, geometry.side)
    height = geometry.outputHeight + (geometry.side - 1) / geometry.stride
    width = geometry.outputWidth + (geometry.side - 1) / geometry.stride
  }

  var count: Int { geometry.inputChannels * phaseSide * phaseSide * height * width }

  /// Where each tap of the kernel, in the order of the weight, reads for the first output.
  var places: [Int] {
    var places: [Int] = []
    forEachTap { places.append($1) }
    return places
  }

  func clear(_ phases: UnsafeMutablePointer<Float>) { phases.update(repeating: 0, count: count) }

  /// Writes one image [channels, height, width] into `phases`, all but the padding: clear it before the first image, it stays 0.
  func fill(_ phases: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
    if geometry.stride == 2 && phaseSide == 2 { return fillPairs(phases, from: image) }
    forEachPhaseRow { phaseRow, imageRow, count in
      Runs.copyStrided(count, from: image + imageRow, stride: geometry.stride, to: phases + phaseRow)
    }
  }

  /// `fill` of stride 2: each line of the image is read once, its even and odd pixels go to two phases.
  private func fillPairs(_ phases: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
    let padding = geometry.padding
    let (evenPhase, evenPlace) = (padding % 2, padding / 2)
    let (oddPhase, oddPlace) = ((padding + 1) % 2, (padding + 1) / 2)
    let evens = max(0, min((geometry.width + 1) / 2, width - evenPlace))
    let odds = max(0, min(geometry.width / 2, width - oddPlace))
    for channel in 0..<geometry.inputChannels {
      for line in 0..<max(0, min(geometry.height, 2 * height - padding)) {
        let (i, a) = (line + padding).quotientAndRemainder(dividingBy: 2)
        let source = image + (channel * geometry.height + line) * geometry.width
        let target = phases + ((channel * 2 + a) * 2 * height + i) * width
        Runs.separate(
          source, evens: evens, to: target + evenPhase * height * width + evenPlace, odds: odds,
          to: target + oddPhase * height * width + oddPlace)
      }
    }
  }

  /// The adjoint of `fill`: writes all of one image [channels, height, width], dropping the padding.
  func empty(_ phases: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>) {
    // A stride wider than the kernel, or one that leaves rows over at the far edge, never reads some pixels: their gradient is 0.
    if geometry.stride > 1 { image.update(repeating: 0, count: geometry.inputCount) }
    forEachPhaseRow { phaseRow, imageRow, count in
      Runs.copySpreading(count, from: phases + phaseRow, to: image + imageRow, stride: geometry.stride)
    }
  }

  /// Rows `rows` of the outputs: writes [depth, rows · outputWidth], its rows `rowStride` floats apart.
  func unfold(_ phases: UnsafePointer<Float>, rows: Range<Int>, into matrix: UnsafeMutablePointer<Float>, rowStride: Int) {
    forEachTap { tap, place in
      Runs.copy(
        rows: rows.count, width: geometry.outputWidth, from: phases + place + rows.lowerBound * width, stride: width,
        to: matrix + tap * rowStride, stride: geometry.outputWidth)
    }
  }

  /// The adjoint of `unfold`: adds the matrix to `phases`.
  func fold(_ matrix: UnsafePointer<Float>, rowStride: Int, rows: Range<Int>, into phases: UnsafeMutablePointer<Float>) {
    forEachTap { tap, place in
      Runs.add(
        rows: rows.count, width: geometry.outputWidth, from: matrix + tap * rowStride, stride: geometry.outputWidth,
        to: phases + place + rows.lowerBound * width, stride: width)
    }
  }

  /// Calls `body(row of the unfolded matrix, place in the phases that its first output reads)`.
  @inline(__always)
  private func forEachTap(_ body: (Int, Int) -> Void) {
    let (side, stride) = (geometry.side, geometry.stride)
    var tap = 0
    for channel in 0..<geometry.inputChannels {
      for a in 0..<side {
        for b in 0..<side {
          let phase = (channel * phaseSide + a % stride) * phaseSide + b % stride
          body(tap, (phase * height + a / stride) * width + b / stride)
          tap += 1
        }
      }
    }
  }

  /// Calls `body(place in the phases, place in the image, count)` for the part of every phase row that is inside the image.
  @inline(__always)
  private func forEachPhaseRow(_ body: (Int, Int, Int) -> Void) {
    let (stride, padding) = (geometry.stride, geometry.padding)
    for channel in 0..<geometry.inputChannels {
      for a in 0..<phaseSide {
        let rows = inside(of: a, imageExtent: geometry.height, phaseExtent: height)
        for b in 0..<phaseSide {
          let columns = inside(of: b, imageExtent: geometry.width, phaseExtent: width)
          let phase = ((channel * phaseSide + a) * phaseSide + b) * height
          for i in rows {
            let imageRow = channel * geometry.height + stride * i + a - padding
            body(
              (phase + i) * width + columns.lowerBound, imageRow * geometry.width + stride * columns.lowerBound + b - padding,
              columns.count)
          }
        }
      }
    }
  }

  /// The i in 0..<phaseExtent with 0 ≤ stride·i + a − padding < imageExtent.
  private func inside(of a: Int, imageExtent: Int, phaseExtent: Int) -> Range<Int> {
    let last = imageExtent - 1 + geometry.padding - a
    if last < 0 { return 0..<0 }
    let first = max(0, geometry.padding - a + geometry.stride - 1) / geometry.stride
    let end = min(phaseExtent, last / geometry.stride + 1)
    return first < end ? first..<end : 0..<0
  }
}
