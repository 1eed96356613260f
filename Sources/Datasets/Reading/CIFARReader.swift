/// Reads the binary version of CIFAR-10 and CIFAR-100 (https://www.cs.toronto.edu/~kriz/cifar.html): records of one label byte (CIFAR-100:
/// a coarse label, then the fine one, which is used) and 3072 bytes, the red, green and blue planes of 32×32.
///
/// A file may hold any whole number of records, so a sample of the data set is read like the whole.
struct CIFARReader {
  let labelBytes: Int
  let classCount: Int
  let trainFiles: [String]
  let testFile: String
  let nameFile: String
  /// The label bytes of the other data set, to recognise its files by their size.
  let otherLabelBytes: Int

  static let cifar10 = CIFARReader(
    labelBytes: 1, classCount: 10, trainFiles: (1...5).map { "data_batch_\($0).bin" }, testFile: "test_batch.bin",
    nameFile: "batches.meta.txt", otherLabelBytes: 2)
  static let cifar100 = CIFARReader(
    labelBytes: 2, classCount: 100, trainFiles: ["train.bin"], testFile: "test.bin", nameFile: "fine_label_names.txt",
    otherLabelBytes: 1)

  private static let shape = ImageShape(channels: 3, height: 32, width: 32)
  private var recordBytes: Int { labelBytes + Self.shape.valueCount }

  func read(_ directory: String, _ reading: DatasetReading) throws(DatasetError) -> DatasetContents {
    let split = reading == .everything ? split : outline
    let train = try split(trainFiles, directory)
    let test = try split([testFile], directory)
    return DatasetContents(directory: directory, classNames: try classNames(directory), train: train, test: test)
  }

  private func split(_ names: [String], _ directory: String) throws(DatasetError) -> ImageSplit {
    var files: [[UInt8]] = []
    var labels: [Int32] = []
    for name in names { files.append(try records(directory + "/" + name, &labels)) }
    // The images are taken from between the labels when they are first looked at.
    return ImageSplit(shape: Self.shape, labels: labels) { [files, labelBytes, recordBytes] in
      var pixels: [UInt8] = []
      pixels.reserveCapacity(files.reduce(0) { $0 + $1.count / recordBytes * Self.shape.valueCount })
      for file in files {
        for start in stride(from: 0, to: file.count, by: recordBytes) { pixels += file[start + labelBytes..<start + recordBytes] }
      }
      return pixels
    }
  }

  /// What the sizes of the files tell.
  private func outline(_ names: [String], _ directory: String) throws(DatasetError) -> ImageSplit {
    var count = 0
    for name in names { count += try recordCount(of: DataFile(path: directory + "/" + name), after: count) }
    return ImageSplit(outlined: Self.shape, count: count) { try? split(names, directory) }
  }

  /// The bytes of a file; its labels are added to `labels`.
  private func records(_ path: String, _ labels: inout [Int32]) throws(DatasetError) -> [UInt8] {
    let file = try DataFile(path: path)
    let count = try recordCount(of: file, after: labels.count)
    let bytes = try file.readAll(count * recordBytes)
    for record in 0..<count {
      let label = Int(bytes[record * recordBytes + labelBytes - 1])
      guard label < classCount else { throw .labelOutOfRange(path: path, image: record, label: label, classCount: classCount) }
      labels.append(Int32(label))
    }
    try file.expectEnd()
    return bytes
  }

  /// Of a file behind others with `earlier` images.
  private func recordCount(of file: DataFile, after earlier: Int) throws(DatasetError) -> Int {
    let size = file.fileSize
    guard size > 0 else { throw .truncated(path: file.path, expected: recordBytes, found: 0) }
    if size % recordBytes == 0 {
      let count = size / recordBytes
      guard (earlier + count) * Self.shape.valueCount <= ReadingLimits.pixelBytes else {
        throw .tooLarge(path: file.path, claimed: "\(count) images")
      }
      return count
    }
    if size % (Self.shape.valueCount + otherLabelBytes) == 0 {
      let other = otherLabelBytes == 1 ? "cifar10" : "cifar100"
      throw .wrongFormat(
        path: file.path, reason: "has records of \(other), not of cifar\(classCount)", hint: "data \(other) reads it")
    }
    throw .truncated(path: file.path, expected: (size / recordBytes + 1) * recordBytes, found: size)
  }

  /// The names in the file beside the data; numbers where that file is missing or does not name every class once.
  private func classNames(_ directory: String) throws(DatasetError) -> [String] {
    let numbers = (0..<classCount).map(String.init)
    guard let file = try? DataFile(path: directory + "/" + nameFile), file.fileSize <= ReadingLimits.nameBytes
    else { return numbers }
    let text = String(decoding: try file.read(file.fileSize), as: UTF8.self)
    let names = text.split(whereSeparator: \.isWhitespace).map(String.init)
    return names.count == classCount && Set(names).count == classCount ? names : numbers
  }
}
