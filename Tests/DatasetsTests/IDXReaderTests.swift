import Datasets
import Foundation
import Testing

struct IDXReaderTests {
  @Test(arguments: [false, true])
  func reads(gzip: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(gzip: gzip)
    let data = try DatasetRequest(kind: .idx, directory: folder.path).load()
    #expect(data.summary == "idx: 30 train, 20 test, 1×9×8, 10 classes")
    #expect(data.test.labels == (0..<20).map { Int32($0 % 10) })
    #expect(Array(data.train.pixels[72 * 4..<72 * 5]) == TemporaryFolder.pixels(4, count: 72))
  }

  /// Being gzipped is said by the first bytes, whatever the name.
  @Test func readsGzipUnderAPlainName() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(gzip: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.moveItem(atPath: folder.path + "/" + name, toPath: folder.path + "/" + name.dropLast(3))
    }
    #expect(try DatasetRequest(kind: .idx, directory: folder.path).load().train.count == 30)
  }

  @Test func countsTheClasses() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(classes: 4)
    #expect(try DatasetRequest(kind: .idx, directory: folder.path).load().classNames == ["0", "1", "2", "3"])
    let fashion = try DatasetRequest(kind: .fashion, directory: folder.path).load()
    #expect(fashion.classNames.count == 10 && fashion.classNames[9] == "ankle boot")
  }

  /// The images' header is `sizes` under `magic`; the rest of the data set is sound. `body` bytes follow.
  private func failure(
    _ sizes: [Int], type: UInt8 = 8, body: Int = 0, gzip: Bool = false
  ) throws -> (error: DatasetError?, path: String) {
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    let bytes = TemporaryFolder.header(sizes, type: type) + [UInt8](repeating: 1, count: body)
    if gzip {
      try FileManager.default.removeItem(atPath: folder.path + "/train-images-idx3-ubyte")
      folder.writeGzip("train-images-idx3-ubyte.gz", bytes)
    } else {
      try folder.write("train-images-idx3-ubyte", bytes)
    }
    return (folder.failure(.idx), folder.path + "/train-images-idx3-ubyte" + (gzip ? ".gz" : ""))
  }

  @Test func refusesWrongHeaders() throws {
    let dimensions = try failure([30, 72])
    #expect(dimensions.error?.message == "\"\(dimensions.path)\" has 2 dimensions, IDX images have 3")
    let type = try failure([30, 9, 8], type: 13)
    #expect(type.error?.message == "\"\(type.path)\" holds IDX numbers of type 13, Siam reads unsigned bytes (type 8)")
    let empty = try failure([0, 9, 8])
    #expect(empty.error?.message == "\"\(empty.path)\" says that it is empty")
    let shape = try failure([30, 8, 8], body: 30 * 64)
    #expect(shape.error?.message.hasSuffix("has training images of 1×8×8 and test images of 1×9×8") == true)
    let count = try failure([29, 9, 8], body: 29 * 72)
    guard case .countsDiffer(let images, 29, _, 30) = count.error else { return #expect(Bool(false), "\(count)") }
    #expect(images == count.path)
  }

  @Test func refusesWhatIsNoIDXFile() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    try folder.write("train-images-idx3-ubyte", Array("<!DOCTYPE html><html>".utf8))
    #expect(folder.failure(.idx)?.message.hasSuffix("is not an IDX file: it does not begin with two zero bytes") == true)
    for count in 0..<4 {
      try folder.write("train-images-idx3-ubyte", [UInt8](repeating: 0, count: count))
      #expect(folder.failure(.idx) == .truncated(path: folder.path + "/train-images-idx3-ubyte", expected: 4, found: count))
    }
  }

  @Test(arguments: [false, true])
  func refusesWhatIsCutShortOrTooLong(gzip: Bool) throws {
    let short = try failure([30, 9, 8], body: 30 * 72 - 1, gzip: gzip)
    #expect(short.error == .truncated(path: short.path, expected: 16 + 30 * 72, found: 16 + 30 * 72 - 1))
    let long = try failure([30, 9, 8], body: 30 * 72 + 1, gzip: gzip)
    #expect(long.error == .oversized(path: long.path, expected: 16 + 30 * 72))
  }

  /// Headers that claim far more than the file has, and more than any file has.
  @Test func refusesHostileHeaders() throws {
    for sizes in [[1 << 31, 28, 28], [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1, 0xffff_ffff, 1], [1 << 24, 28, 28], [1 << 25, 1, 1]] {
      let claimed = try failure(sizes)
      #expect(claimed.error == .tooLarge(path: claimed.path, claimed: "\(sizes[0]) images of \(sizes[1])×\(sizes[2])"))
    }
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    try folder.write("train-images-idx3-ubyte", TemporaryFolder.header([1 << 20, 28, 28]))
    try folder.write("train-labels-idx1-ubyte", TemporaryFolder.header([1 << 20]))
    #expect(folder.failure(.idx) == .truncated(path: folder.path + "/train-labels-idx1-ubyte", expected: 8 + 1 << 20, found: 8))
  }

  /// 256 MiB of zeros behind thirty images, in a file of 255 KiB.
  @Test func readsNoFurtherThanTheHeaderOfAGzipBombSays() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(gzip: true)
    let images = TemporaryFolder.header([30, 9, 8]) + [UInt8](repeating: 0, count: 30 * 72)
    folder.writeGzip("train-images-idx3-ubyte.gz", images, zeros: 256 << 20)
    #expect(folder.failure(.idx) == .oversized(path: folder.path + "/train-images-idx3-ubyte.gz", expected: 16 + 30 * 72))
  }

  @Test func reportsADamagedGzipFile() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(train: 200, gzip: true)
    let path = folder.path + "/train-images-idx3-ubyte.gz"
    let whole = try folder.bytes("train-images-idx3-ubyte.gz")
    for count in [11, whole.count / 2, whole.count - 3] {
      try folder.write("train-images-idx3-ubyte.gz", Array(whole.prefix(count)))
      let message = folder.failure(.idx)?.message
      #expect(message?.hasPrefix("\"\(path)\" is ") == true, "\(count) bytes: \(message ?? "none")")
    }
    var flipped = whole
    flipped[whole.count - 6] ^= 0xff
    try folder.write("train-images-idx3-ubyte.gz", flipped)
    #expect(folder.failure(.idx)?.message == "\"\(path)\" is a damaged gzip file")
  }

  /// Every beginning of a file, and a file with any one byte changed, is read or refused, never worse.
  @Test func survivesAnyDamage() throws {
    let folder = try TemporaryFolder()
    for name in ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"] {
      for gzip in [false, true] {
        let file = gzip ? name + ".gz" : name
        for stale in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
          try FileManager.default.removeItem(atPath: folder.path + "/" + stale)
        }
        try folder.writeIDX(train: 3, test: 2, height: 4, width: 4, gzip: gzip)
        let whole = try folder.bytes(file)
        for position in whole.indices {
          try folder.write(file, Array(whole.prefix(position)))
          #expect(folder.failure(.idx) != nil)
          var changed = whole
          changed[position] ^= 0xff
          try folder.write(file, changed)
          _ = folder.failure(.idx)
        }
      }
    }
  }

  @Test func checksLabels() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(classes: 12)
    let labels = folder.path + "/train-labels-idx1-ubyte"
    #expect(folder.failure(.fashion) == .labelOutOfRange(path: labels, image: 10, label: 10, classCount: 10))
    try folder.write("train-labels-idx1-ubyte", TemporaryFolder.header([30]) + (0..<30).map { UInt8($0 % 5) })
    let testLabels = folder.path + "/t10k-labels-idx1-ubyte"
    #expect(folder.failure(.idx) == .labelOutOfRange(path: testLabels, image: 5, label: 5, classCount: 5))
  }

  /// Debian's package, where it is installed; the numbers are numpy's.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")))
  func agreesWithNumPyOnFashionMNIST() throws {
    let data = try DatasetRequest(kind: .fashion, directory: "/usr/share/datasets/fashion-mnist").load()
    #expect(data.summary == "fashion: 60000 train, 10000 test, 1×28×28, 10 classes")
    #expect(Array(data.train.labels.prefix(10)) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    #expect(data.train.pixels.reduce(0) { $0 + Int($1) } == 3_431_114_169)
    #expect(abs(data.mean[0] - 0.2860406) < 1e-6)
    #expect(abs(data.deviation[0] - 0.3530242) < 1e-6)
  }
}
