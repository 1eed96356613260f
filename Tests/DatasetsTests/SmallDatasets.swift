import Datasets

/// Writes small data sets as their formats have them. Pixel p of image i is (7·i + p) mod 251.
extension TemporaryFolder {
  static func pixels(_ image: Int, count: Int) -> [UInt8] { (0..<count).map { UInt8((7 * image + $0) % 251) } }

  /// `perBatch` images in each of the six files; image i of a file has the label i mod 10.
  func writeCIFAR10(in folder: String = ".", perBatch: Int = 20) throws {
    try self.folder(folder)
    for name in (1...5).map({ "data_batch_\($0).bin" }) + ["test_batch.bin"] {
      try write("\(folder)/\(name)", (0..<perBatch).flatMap { [UInt8($0 % 10)] + Self.pixels($0, count: 3072) })
    }
  }

  /// Image i has the fine label i mod 100 and the coarse label i mod 20.
  func writeCIFAR100(in folder: String = ".", train: Int = 200, test: Int = 100) throws {
    try self.folder(folder)
    for (name, count) in [("train.bin", train), ("test.bin", test)] {
      try write("\(folder)/\(name)", (0..<count).flatMap { [UInt8($0 % 20), UInt8($0 % 100)] + Self.pixels($0, count: 3072) })
    }
  }

  static func header(_ sizes: [Int], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
  }

  /// Image i of `height`×`width` has the label i mod `classes`.
  func writeIDX(
    in folder: String = ".", train: Int = 30, test: Int = 20, height: Int = 9, width: Int = 8, classes: Int = 10, gzip: Bool = false
  ) throws {
    try self.folder(folder)
    for (name, count) in [("train", train), ("t10k", test)] {
      let images = Self.header([count, height, width]) + (0..<count).flatMap { Self.pixels($0, count: height * width) }
      let labels = Self.header([count]) + (0..<count).map { UInt8($0 % classes) }
      for (file, bytes) in [("\(folder)/\(name)-images-idx3-ubyte", images), ("\(folder)/\(name)-labels-idx1-ubyte", labels)] {
        if gzip { writeGzip(file + ".gz", bytes) } else { try write(file, bytes) }
      }
    }
  }

  /// What loading a data set from this folder throws.
  func failure(_ kind: DatasetKind, train: Int? = nil, test: Int? = nil, classes: Int? = nil) -> DatasetError? {
    do {
      _ = try DatasetRequest(kind: kind, directory: path, train: train, test: test, classes: classes).load()
      return nil
    } catch {
      return error
    }
  }
}
