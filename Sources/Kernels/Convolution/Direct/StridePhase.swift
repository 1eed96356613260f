/// The pixels of an input image that lie alike to the stride:
///
///     (y, x) = (stride·i + row − padding, stride·j + column − padding),   i in `lines`, j in `columns`
///
/// They are what taps (row + stride·s, column + stride·t) of the kernel read, and so share one form of the input gradient.
struct StridePhase: Sendable {
  let row: Int
  let column: Int
  let lines: Range<Int>
  let columns: Range<Int>
  /// Taps of the kernel that read it, in each direction.
  let tapRows: Int
  let tapColumns: Int

  var count: Int { lines.count * columns.count }

  /// Those that some tap reads, row by row.
  static func all(of geometry: ConvolutionGeometry) -> [StridePhase] {
    let sides = 0..<min(geometry.stride, geometry.side)
    return sides.flatMap { row in sides.map { StridePhase(row: row, column: $0, of: geometry) } }
  }

  private init(row: Int, column: Int, of geometry: ConvolutionGeometry) {
    self.row = row
    self.column = column
    lines = Self.inside(of: row, geometry, extent: geometry.height, outputExtent: geometry.outputHeight)
    columns = Self.inside(of: column, geometry, extent: geometry.width, outputExtent: geometry.outputWidth)
    tapRows = (geometry.side - row + geometry.stride - 1) / geometry.stride
    tapColumns = (geometry.side - column + geometry.stride - 1) / geometry.stride
  }

  /// The i that some output reads, with 0 ≤ stride·i + a − padding < extent.
  private static func inside(of a: Int, _ geometry: ConvolutionGeometry, extent: Int, outputExtent: Int) -> Range<Int> {
    let (stride, padding) = (geometry.stride, geometry.padding)
    let last = extent - 1 + padding - a
    if last < 0 { return 0..<0 }
    let first = max(0, padding - a + stride - 1) / stride
    let end = min(outputExtent + (geometry.side - 1) / stride, last / stride + 1)
    return first < end ? first..<end : 0..<0
  }
}
