import Datasets
import Testing

struct DatasetOptionTests {
  @Test func takesTheFirstImagesOfTheFirstClasses() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    let data = try DatasetRequest(kind: .idx, directory: folder.path, train: 7, test: 3, classes: 4).load()
    #expect(data.summary == "idx: 7 train, 3 test, 1×9×8, 4 classes")
    #expect(data.train.labels == [0, 1, 2, 3, 0, 1, 2])
    #expect(Array(data.train.pixels[72 * 5..<72 * 6]) == TemporaryFolder.pixels(11, count: 72))
    #expect(data.classNames == ["0", "1", "2", "3"])
  }

  @Test func checksRanges() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    let has = "cifar10 in \"\(folder.path)\" has"
    #expect(
      folder.failure(.cifar10, train: 101)
        == .outOfRange(option: "train", value: 101, allowed: 1...100, because: "\(has) 100 training images"))
    #expect(folder.failure(.cifar10, train: 101)?.message == "train is 101, it must be 1 to 100")
    #expect(folder.failure(.cifar10, test: 0)?.message == "test is 0, it must be 1 to 20")
    #expect(folder.failure(.cifar10, train: -5)?.message == "train is -5, it must be 1 to 100")
    #expect(folder.failure(.cifar10, classes: 11)?.message == "classes is 11, it must be 2 to 10")
    #expect(folder.failure(.cifar10, classes: 11)?.hint == "\(has) 10 classes")
    #expect(folder.failure(.cifar10, train: 50, classes: 2)?.hint == "\(has) 20 training images of the first 2 classes")
    #expect(folder.failure(.cifar10, train: .max, test: .min)?.message.hasPrefix("train is ") == true)
  }

  @Test func checksRangesOfShapes() {
    func message(_ request: DatasetRequest) -> String? {
      do { return try request.load().summary } catch { return error.message }
    }
    #expect(message(DatasetRequest(kind: .shapes, train: 0)) == "train is 0, it must be 1 to 100000")
    #expect(message(DatasetRequest(kind: .shapes, test: .max))?.hasSuffix(", it must be 1 to 100000") == true)
    #expect(message(DatasetRequest(kind: .shapes, classes: 1)) == "classes is 1, it must be 2 to 10")
    #expect(message(DatasetRequest(kind: .shapes, train: 9, test: 4, classes: 3)) == "shapes: 9 train, 4 test, 3×32×32, 3 classes")
  }

  @Test func saysWhenASplitIsLeftEmpty() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    try folder.write("t10k-labels-idx1-ubyte", TemporaryFolder.header([20]) + [UInt8](repeating: 9, count: 20))
    #expect(
      folder.failure(.idx, classes: 3)?.message
        == "idx in \"\(folder.path)\" has no images of the first 3 classes in one of its splits")
  }

  @Test func theHashIsOfTheContent() throws {
    func hash(_ request: DatasetRequest) throws -> String { try request.load().contentHash.description }
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    let first = try hash(DatasetRequest(kind: .idx, directory: folder.path))
    #expect(first.count == 16)
    let packed = try TemporaryFolder()
    try packed.writeIDX(gzip: true)
    #expect(try hash(DatasetRequest(kind: .idx, directory: packed.path)) == first)
    #expect(try hash(DatasetRequest(kind: .idx, directory: folder.path, train: 29)) != first)
    var images = try folder.bytes("t10k-images-idx3-ubyte")
    images[500] ^= 1
    try folder.write("t10k-images-idx3-ubyte", images)
    #expect(try hash(DatasetRequest(kind: .idx, directory: folder.path)) != first)
  }

  /// Against the definition, on three images of one value a channel.
  @Test func measuresMeanAndDeviation() {
    let shape = ImageShape(channels: 2, height: 1, width: 2)
    let split = ImageSplit(shape: shape, pixels: [0, 0, 9, 9, 51, 51, 9, 9, 255, 255, 9, 9], labels: [0, 1, 0])
    let measured = Normalization(measuring: split)
    #expect(abs(measured.mean[0] - 0.4) < 1e-6 && abs(measured.mean[1] - 9.0 / 255) < 1e-7)
    #expect(abs(measured.deviation[0] - 0.432_049_4) < 1e-6)
    #expect(measured.deviation[1] == 1, "a channel that never changes is only shifted")
  }
}
