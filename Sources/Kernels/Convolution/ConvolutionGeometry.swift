/// The extents of a square two-dimensional convolution of images in NCHW order.
///
///     x [images, inputChannels, height, width] ∗ w [outputChannels, inputChannels, side, side]
///         → y [images, outputChannels, outputHeight, outputWidth]
///     y[n, o, i, j] = Σ_{c, a, b} w[o, c, a, b] · x[n, c, stride·i + a − padding, stride·j + b − padding]   (x is 0 outside)
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

  /// Floats of one input image, one output image, one channel of an output image.
  var inputCount: Int { inputChannels * height * width }
  var outputCount: Int { outputChannels * pixels }
  var pixels: Int { outputHeight * outputWidth }
  /// Length of the sum behind one output: rows of the unfolded image, columns of the weight matrix.
  var depth: Int { inputChannels * side * side }
  var weightCount: Int { outputChannels * depth }
}
