/// The extents of a square two-dimensional convolution of images with their channels last.
///
///     x [images, height, width, inputChannels] ∗ w [outputChannels, inputChannels, side, side]
///         → y [images, outputHeight, outputWidth, outputChannels]
///     y[n, i, j, o] = Σ_{c, a, b} w[o, c, a, b] · x[n, stride·i + a − padding, stride·j + b − padding, c]   (x is 0 outside)
///
/// This is a cross-correlation, as everywhere in deep learning.
public struct ConvolutionGeometry: Hashable, Sendable {
  public let images: Int
  public let inputChannels: Int
  public let height: Int
  public let width: Int
  public let outputChannels: Int
  public let side: Int
  public let stride: Int
  public let padding: Int
  public let outputHeight: Int
  public let outputWidth: Int

  /// - Precondition: the padded image is at least as large as the kernel, and `stride` ≥ 1.
  public init(images: Int, inputChannels: Int, height: Int, width: Int, outputChannels: Int, side: Int, stride: Int, padding: Int) {
    self.images = images
    self.inputChannels = inputChannels
    self.height = height
    self.width = width
    self.outputChannels = outputChannels
    self.side = side
    self.stride = stride
    self.padding = padding
    outputHeight = Self.outputExtent(height, side: side, stride: stride, padding: padding)
    outputWidth = Self.outputExtent(width, side: side, stride: stride, padding: padding)
  }

  /// ⌊(extent + 2·padding − side) / stride⌋ + 1
  public static func outputExtent(_ extent: Int, side: Int, stride: Int, padding: Int) -> Int {
    (extent + 2 * padding - side) / stride + 1
  }

  /// Floats of one input image, one output image; pixels of an output image.
  var inputCount: Int { inputChannels * height * width }
  var outputCount: Int { outputChannels * pixels }
  var pixels: Int { outputHeight * outputWidth }
  /// Taps of the kernel.
  var taps: Int { side * side }
  /// Length of the sum behind one output.
  var depth: Int { inputChannels * taps }
  var weightCount: Int { outputChannels * depth }
}
