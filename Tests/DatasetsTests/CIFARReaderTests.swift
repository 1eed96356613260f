import Datasets
import Foundation
import Testing

struct CIFARReaderTests {
  @Test func readsTheFiveBatchesInOrder() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    let data = try DatasetRequest(kind: .cifar10, directory: folder.path).load()
    #expect(data.summary == "cifar10: 100 train, 20 test, 3×32×32, 10 classes")
    #expect(data.train.labels == (0..<100).map { Int32($0 % 20 % 10) })
    #expect(Array(data.train.pixels[3072 * 21..<3072 * 22]) == TemporaryFolder.pixels(1, count: 3072))
    #expect(data.mean == [0.4914, 0.4822, 0.4465])
    #expect(data.deviation == [0.247, 0.243, 0.261])
  }

  @Test func usesTheFineLabelsOfCIFAR100() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR100()
    let data = try DatasetRequest(kind: .cifar100, directory: folder.path).load()
    #expect(data.summary == "cifar100: 200 train, 100 test, 3×32×32, 100 classes")
    #expect(data.test.labels == (0..<100).map { Int32($0) })
    #expect(Array(data.test.pixels[3072 * 7..<3072 * 8]) == TemporaryFolder.pixels(7, count: 3072))
  }

  @Test func takesClassNamesFromTheFileBesideTheData() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    let unnamed = try DatasetRequest(kind: .cifar10, directory: folder.path).load()
    #expect(unnamed.classNames == (0..<10).map(String.init))
    let names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    try folder.write("batches.meta.txt", Array((names.joined(separator: "\n") + "\n\n").utf8))
    #expect(try DatasetRequest(kind: .cifar10, directory: folder.path).load().classNames == names)
    try folder.write("batches.meta.txt", [0xff, 0xfe, 0x00, 0x0a])
    #expect(try DatasetRequest(kind: .cifar10, directory: folder.path).load().classNames == unnamed.classNames)
  }

  @Test func reportsDamage() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    let batch = "\(folder.path)/data_batch_3.bin"
    let whole = try folder.bytes("data_batch_3.bin")

    try folder.write("data_batch_3.bin", Array(whole.dropLast(100)))
    #expect(folder.failure(.cifar10) == .truncated(path: batch, expected: whole.count, found: whole.count - 100))
    #expect(folder.failure(.cifar10)?.message == "\"\(batch)\" is cut short: 61460 bytes are needed, it has 61360")

    try folder.write("data_batch_3.bin", [])
    #expect(folder.failure(.cifar10) == .truncated(path: batch, expected: 3073, found: 0))

    try folder.write("data_batch_3.bin", [10] + whole.dropFirst())
    #expect(folder.failure(.cifar10) == .labelOutOfRange(path: batch, image: 0, label: 10, classCount: 10))
    #expect(folder.failure(.cifar10)?.message == "\"\(batch)\": image 0 has label 10, labels are 0 to 9")

    try FileManager.default.removeItem(atPath: batch)
    #expect(folder.failure(.cifar10) == .missingFile(path: batch))
    try folder.folder("data_batch_3.bin")
    #expect(folder.failure(.cifar10) == .unreadable(path: batch, reason: "it is not a regular file"))
  }

  @Test func tellsTheTwoDataSetsApart() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    try folder.writeCIFAR100()
    try folder.write("data_batch_1.bin", try folder.bytes("train.bin"))
    let error = folder.failure(.cifar10)
    #expect(error?.message == "\"\(folder.path)/data_batch_1.bin\" has records of cifar100, not of cifar10")
    #expect(error?.hint == "data cifar100 reads it")
    try folder.write("train.bin", try folder.bytes("test_batch.bin"))
    #expect(folder.failure(.cifar100)?.message == "\"\(folder.path)/train.bin\" has records of cifar10, not of cifar100")
  }

  @Test func recognisesThePythonVersion() throws {
    let folder = try TemporaryFolder()
    try folder.write("data_batch_1", [0x80, 0x02])
    let error = folder.failure(.cifar10)
    #expect(error?.message == "\"\(folder.path)\" holds the Python version of cifar10")
    #expect(error?.hint?.hasPrefix("Siam reads the binary version: get cifar-10-binary.tar.gz") == true)
  }

  /// A pipe in the place of a file must not be waited for.
  @Test func refusesAPipe() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    let path = folder.path + "/data_batch_2.bin"
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(folder.failure(.cifar10) == .unreadable(path: path, reason: "it is not a regular file"))
  }

  /// The sample that development is done with, where it is; the numbers are numpy's.
  @Test(.enabled(if: (try? DatasetRequest(kind: .cifar10).load())?.train.count == 5085))
  func agreesWithNumPyOnTheSample() throws {
    let data = try DatasetRequest(kind: .cifar10).load()
    #expect(data.summary == "cifar10: 5085 train, 1017 test, 3×32×32, 10 classes")
    #expect(Array(data.train.labels.prefix(8)) == [6, 9, 9, 4, 1, 1, 2, 7])
    #expect(data.train.pixels.reduce(0) { $0 + Int($1) } == 1_894_073_709)
    #expect(data.test.pixels.reduce(0) { $0 + Int($1) } == 380_676_608)
    #expect(data.classNames[6] == "frog")
  }
}
