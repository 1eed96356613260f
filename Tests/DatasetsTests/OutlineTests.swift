import Datasets
import Foundation
import Testing

/// What a check reads of a data set: all that is said of it is the same, and the images are read when somebody looks.
@Suite struct OutlineTests {
  static let kinds: [DatasetKind] = [.cifar10, .cifar100, .idx, .fashion]

  private func write(_ kind: DatasetKind, gzip: Bool = false, in folder: TemporaryFolder) throws {
    switch kind {
    case .cifar10: try folder.writeCIFAR10()
    case .cifar100: try folder.writeCIFAR100()
    default: try folder.writeIDX(gzip: gzip)
    }
  }

  @Test(arguments: kinds, [false, true])
  func saysTheSame(kind: DatasetKind, gzip: Bool) throws {
    let folder = try TemporaryFolder()
    try write(kind, gzip: gzip, in: folder)
    for (train, classes) in [(nil, nil), (7, nil), (nil, 4), (5, 3)] as [(Int?, Int?)] {
      let request = DatasetRequest(kind: kind, directory: folder.path, train: train, classes: classes)
      let (whole, outline) = (try request.load(), try request.load(reading: .outline))
      #expect(outline.summary == whole.summary && outline.classNames == whole.classNames && outline.memoryBytes == whole.memoryBytes)
      #expect(outline.train.labels == whole.train.labels && outline.test.labels == whole.test.labels)
      #expect(outline.train.pixels == whole.train.pixels && outline.test.pixels == whole.test.pixels)
      #expect(outline.contentHash == whole.contentHash && outline.normalization == whole.normalization)
    }
  }

  @Test(arguments: kinds)
  func findsWhatSizesTell(kind: DatasetKind) throws {
    let folder = try TemporaryFolder()
    try write(kind, in: folder)
    let name = ["cifar10": "data_batch_3.bin", "cifar100": "test.bin"][kind.rawValue] ?? "t10k-images-idx3-ubyte"
    let path = folder.path + "/" + name
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let request = DatasetRequest(kind: kind, directory: folder.path)
    for damaged in [bytes.dropLast(5), bytes + [1, 2]] {
      try damaged.write(to: URL(fileURLWithPath: path))
      let whole = #expect(throws: DatasetError.self) { try request.load() }
      let outline = #expect(throws: DatasetError.self) { try request.load(reading: .outline) }
      #expect(outline?.message == whole?.message)
    }
  }

  /// Damage that a size does not tell is found by who reads the images; who looks at them in spite of it sees black.
  @Test func damagedImagesAreBlack() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(gzip: true)
    let path = folder.path + "/train-images-idx3-ubyte.gz"
    try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(9).write(to: URL(fileURLWithPath: path))
    let request = DatasetRequest(kind: .idx, directory: folder.path)
    #expect(throws: DatasetError.self) { try request.load() }
    let outline = try request.load(reading: .outline)
    #expect(outline.summary == "idx: 30 train, 20 test, 1×9×8, 10 classes")
    #expect(outline.train.pixels == Array(repeating: 0, count: 30 * 72) && outline.test.pixels.contains { $0 > 0 })
  }

  /// A file may be written anew between the two looks: what is told of it holds.
  @Test func filesThatChangeMeanwhile() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10(perBatch: 20)
    try folder.writeIDX(in: "mnist", train: 30)
    let cifar = try DatasetRequest(kind: .cifar10, directory: folder.path).load(reading: .outline)
    let idx = try DatasetRequest(kind: .idx, directory: folder.path + "/mnist").load(reading: .outline)
    try folder.writeCIFAR10(perBatch: 10)
    try folder.writeIDX(in: "mnist", train: 12)
    #expect(cifar.train.pixels == Array(repeating: 0, count: 100 * 3072) && cifar.train.labels == Array(repeating: 0, count: 100))
    #expect(idx.train.pixels == Array(repeating: 0, count: 30 * 72))
  }
}
