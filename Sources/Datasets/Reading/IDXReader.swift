/// Reads MNIST's format, gzipped or not (http://yann.lecun.com/exdb/mnist): two zero bytes, a type byte (8: unsigned bytes), the number of
/// dimensions, each dimension as a big-endian 32-bit number, then the bytes. Images have three dimensions, labels one.
struct IDXReader {
  enum Half { case train, test }
  enum Content { case images, labels }

  let directory: String
  let isFashion: Bool

  private static let fashionNames = [
    "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"
  ]

  /// The names that a file goes by, in the order in which they are tried.
  static func fileNames(_ half: Half, _ content: Content) -> [String] {
    let stems = half == .train ? ["train"] : ["t10k", "test"]
    let tails = content == .images ? ["images-idx3-ubyte", "images.idx3-ubyte"] : ["labels-idx1-ubyte", "labels.idx1-ubyte"]
    return stems.flatMap { stem in tails.flatMap { ["\(stem)-\($0)", "\(stem)-\($0).gz"] } }
  }

  func read(_ reading: DatasetReading) throws(DatasetError) -> DatasetContents {
    let train = try split(.train, classCount: isFashion ? Self.fashionNames.count : nil, reading)
    // The training labels say how many classes there are, and the test labels must keep to them.
    let classCount = isFashion ? Self.fashionNames.count : max(2, Int(train.labels.max() ?? 0) + 1)
    let test = try split(.test, classCount: classCount, reading)
    guard train.shape == test.shape else {
      throw .wrongFormat(path: directory, reason: "has training images of \(train.shape) and test images of \(test.shape)")
    }
    return DatasetContents(
      directory: directory, classNames: isFashion ? Self.fashionNames : (0..<classCount).map(String.init), train: train,
      test: test)
  }

  private func split(_ half: Half, classCount: Int?, _ reading: DatasetReading) throws(DatasetError) -> ImageSplit {
    let imageFile = try open(half, .images)
    let sizes = try header(of: imageFile, dimensions: 3)
    let shape = ImageShape(channels: 1, height: sizes[1], width: sizes[2])
    let total = try byteCount(sizes, of: imageFile)

    let labelFile = try open(half, .labels)
    let labelCount = try header(of: labelFile, dimensions: 1)[0]
    guard labelCount == sizes[0] else {
      throw .countsDiffer(images: imageFile.path, imageCount: sizes[0], labels: labelFile.path, labelCount: labelCount)
    }
    let labels = try labelFile.read(labelCount)
    try labelFile.expectEnd()
    if let classCount, let image = labels.firstIndex(where: { Int($0) >= classCount }) {
      throw .labelOutOfRange(path: labelFile.path, image: image, label: Int(labels[image]), classCount: classCount)
    }
    if reading == .outline {
      try imageFile.expectSize(total)
      return ImageSplit(outlined: shape, count: labelCount, labels: labels.map { Int32($0) }) {
        try? split(half, classCount: classCount, .everything)
      }
    }
    let pixels = try imageFile.read(total)
    try imageFile.expectEnd()
    return ImageSplit(shape: shape, pixels: pixels, labels: labels.map { Int32($0) })
  }

  private func open(_ half: Half, _ content: Content) throws(DatasetError) -> DataFile {
    let names = Self.fileNames(half, content)
    for name in names {
      do {
        return try DataFile(path: directory + "/" + name)
      } catch {
        guard case .missingFile = error else { throw error }
      }
    }
    throw .missingFile(path: directory + "/" + names[0])
  }

  /// The sizes of the dimensions, each at least 1.
  private func header(of file: DataFile, dimensions: Int) throws(DatasetError) -> [Int] {
    let magic = try file.read(4)
    guard magic[0] == 0, magic[1] == 0 else {
      throw .wrongFormat(path: file.path, reason: "is not an IDX file: it does not begin with two zero bytes")
    }
    guard magic[2] == 8 else {
      throw .wrongFormat(path: file.path, reason: "holds IDX numbers of type \(magic[2]), Siam reads unsigned bytes (type 8)")
    }
    guard Int(magic[3]) == dimensions else {
      throw .wrongFormat(
        path: file.path, reason: "has \(magic[3]) dimensions, IDX \(dimensions == 1 ? "labels have 1" : "images have 3")")
    }
    var sizes: [Int] = []
    for _ in 0..<dimensions { sizes.append(try file.read(4).reduce(0) { $0 << 8 | Int($1) }) }
    guard sizes.allSatisfy({ $0 > 0 }) else { throw .wrongFormat(path: file.path, reason: "says that it is empty") }
    return sizes
  }

  /// The number of pixels of the split, checked before anything of that size is allocated.
  private func byteCount(_ sizes: [Int], of file: DataFile) throws(DatasetError) -> Int {
    // Each size is under 2³², and sides are checked first, so the product cannot overflow 64 bits.
    guard sizes[0] <= ReadingLimits.images, sizes[1] <= ReadingLimits.side, sizes[2] <= ReadingLimits.side,
      sizes[0] * sizes[1] * sizes[2] <= ReadingLimits.pixelBytes
    else { throw .tooLarge(path: file.path, claimed: "\(sizes[0]) images of \(sizes[1])×\(sizes[2])") }
    return sizes[0] * sizes[1] * sizes[2]
  }
}
