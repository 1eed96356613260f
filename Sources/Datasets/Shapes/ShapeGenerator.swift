import Kernels

/// The built-in data set: coloured figures on coloured grounds, 3×32×32, ten classes (`ShapeFigure`), the same every time.
///
/// The class is the figure alone. Position, size, rotation (±20°), both colours, the ground's gradient, discs behind the figure and noise
/// are drawn without regard to it, and whether the figure is lighter or darker than its ground is even chance. Colours are pale: with
/// saturated ones the features of the SimSiam run below stayed at 17 % (16 %; untrained 25 % and 15 %).
///
/// Measured with PyTorch, top-1 on the test images, one seed each: a linear probe on the pixels 14 %, 20 nearest neighbours on the
/// pixels 52 %; the convnet of `use quick` trained with the labels 94 % after eight epochs (61 % after seven: it still jumps). A linear
/// probe (nearest neighbours) on that convnet's features: untrained 35 % (24 %), after 10 epochs of SimSiam with A.1's augmentation
/// 43 % (32 %), of InfoNCE 41 % (22 %). Of three variants of the generator this one gained most over the untrained convnet.
enum ShapeGenerator {
  static let shape = ImageShape(channels: 3, height: 32, width: 32)
  static let defaultCounts = (train: 5000, test: 1000)
  /// So many images of a split can be asked for.
  static let largestCount = 100_000

  /// The amplitude of the noise, uniform and independent for every value.
  private static let noise: Float = 0.08

  static func contents(for request: DatasetRequest) throws(DatasetError) -> DatasetContents {
    let names = ShapeFigure.allCases.map(\.name)
    let classes = try checked(request.classes, "classes", 2...names.count) ?? names.count
    let train = try checked(request.train, "train", 1...largestCount) ?? defaultCounts.train
    let test = try checked(request.test, "test", 1...largestCount) ?? defaultCounts.test
    return DatasetContents(
      directory: nil, classNames: Array(names.prefix(classes)), train: split("train", count: train, classes: classes),
      test: split("test", count: test, classes: classes))
  }

  private static func checked(_ value: Int?, _ option: String, _ allowed: ClosedRange<Int>) throws(DatasetError) -> Int? {
    guard let value, !allowed.contains(value) else { return value }
    throw .outOfRange(
      option: option, value: Double(value), allowed: Double(allowed.lowerBound)...Double(allowed.upperBound), because: nil)
  }

  /// Image i is a function of (split, i, classes) alone, so a smaller split is the beginning of a larger one. Classes take turns.
  private static func split(_ name: String, count: Int, classes: Int) -> ImageSplit {
    ImageSplit(shape: shape, labels: (0..<count).map { Int32($0 % classes) }) { pixels(name, count: count, classes: classes) }
  }

  private static func pixels(_ name: String, count: Int, classes: Int) -> [UInt8] {
    let stream = RandomStream(seed: 0, name: "shapes/" + name)
    return [UInt8](unsafeUninitializedCapacity: count * shape.valueCount) { buffer, filled in
      for index in 0..<count {
        guard let base = buffer.baseAddress, let figure = ShapeFigure(rawValue: index % classes) else { continue }
        var reader = RandomStream.Reader(stream.substream(index))
        let scene = ShapeScene(side: Float(shape.width), from: &reader)
        draw(figure, in: scene, noise: &reader, into: base + index * shape.valueCount)
      }
      filled = count * shape.valueCount
    }
  }

  /// `image`: [3, 32, 32].
  private static func draw(
    _ figure: ShapeFigure, in scene: ShapeScene, noise reader: inout RandomStream.Reader, into image: UnsafeMutablePointer<UInt8>
  ) {
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        var color = scene.color(of: figure, x: Float(column) + 0.5, y: Float(row) + 0.5)
        color += noise * (2 * ShapeScene.Color(reader.unit(), reader.unit(), reader.unit()) - 1)
        let bytes = (color * 255).clamped(lowerBound: .zero, upperBound: .init(repeating: 255)).rounded(.toNearestOrEven)
        for channel in 0..<3 { image[channel * shape.planeCount + row * shape.width + column] = UInt8(bytes[channel]) }
      }
    }
  }
}

extension ShapeScene {
  /// The colour at a point of the image, in pixels, without noise; edges are one pixel soft.
  fileprivate func color(of figure: ShapeFigure, x: Float, y: Float) -> Color {
    let side = Float(ShapeGenerator.shape.width)
    var color = background + slope.x * (x / side - 0.5) + slope.y * (y / side - 0.5)
    for blob in blobs {
      let offset = SIMD2(x - blob.x, y - blob.y)
      color = mixed(color, blob.color, distance: (offset * offset).sum().squareRoot() - blob.radius)
    }
    let u = (cosine * (x - self.x) + sine * (y - self.y)) / radius
    let v = (cosine * (y - self.y) - sine * (x - self.x)) / radius
    return mixed(color, self.figure, distance: figure.distance(u, v) * radius)
  }

  private func mixed(_ below: Color, _ above: Color, distance: Float) -> Color {
    below + (above - below) * min(1, max(0, 0.5 - distance))
  }
}
