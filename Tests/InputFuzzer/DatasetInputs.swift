import CZlib
import Datasets
import Foundation
import TestSupport

/// Data sets: IDX, packed or not, both kinds of CIFAR, and class folders of pictures, one of whose files is not as it should be.
final class DatasetInputs: InputKind {
  static let name = "dataset"
  static let share = 100
  private let folder: String
  /// The path of each file within `folder`, and its sound bytes.
  private var files: [(path: String, sound: [UInt8], kind: DatasetKind)] = []

  init(folder: String) throws {
    self.folder = folder
    for name in ["idx", "fashion", "cifar10", "cifar100"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    func header(_ sizes: [UInt8]) -> [UInt8] { [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] } }
    for (name, kind) in [("idx", DatasetKind.idx), ("fashion", .fashion)] {
      for (half, count) in [("train", UInt8(6)), ("t10k", 4)] {
        let images = header([count, 3, 2]) + (0..<count * 6).map { $0 }
        add("\(name)/\(half)-images-idx3-ubyte", kind == .fashion ? Self.packed(images) : images, kind)
        add("\(name)/\(half)-labels-idx1-ubyte", header([count]) + (0..<count).map { $0 % 3 }, kind)
      }
    }
    let pixels = (0..<3072).map { UInt8($0 % 251) }
    for name in (1...5).map({ "data_batch_\($0).bin" }) + ["test_batch.bin"] { add("cifar10/\(name)", [1] + pixels + [2] + pixels, .cifar10) }
    for name in ["train.bin", "test.bin"] { add("cifar100/\(name)", [1, 7] + pixels + [2, 8] + pixels, .cifar100) }
    try addPictures()
    add("cifar100/fine_label_names.txt", Array((0..<100).map { "name\($0)" }.joined(separator: "\n").utf8), .cifar100)
  }

  /// PNG and JPEG files in class folders, small enough that most of their bytes are of headers.
  private func addPictures() throws {
    for name in ["a", "b"] { try FileManager.default.createDirectory(atPath: "\(folder)/folder/\(name)", withIntermediateDirectories: true) }
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../DatasetsTests/Fixtures/images")
    for (index, file) in try FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted().enumerated() {
      add("folder/\(index % 2 == 0 ? "a" : "b")/\(file)", try [UInt8](Data(contentsOf: fixtures.appendingPathComponent(file))), .folder)
    }
  }

  private func add(_ path: String, _ sound: [UInt8], _ kind: DatasetKind) {
    files.append((path, sound, kind))
    InputFile.write(sound, to: "\(folder)/\(path)")
  }

  private static func packed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(&stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
    }
    deflateEnd(&stream)
    return Array(output.prefix(count))
  }

  /// The first byte says which file it is for.
  func make(_ random: inout SplitMix64) -> [UInt8] {
    let place = random.integer(0...files.count - 1)
    let sound = files[place].sound
    return [UInt8(place)] + content(sound, files[place].kind, &random)
  }

  private func content(_ sound: [UInt8], _ kind: DatasetKind, _ random: inout SplitMix64) -> [UInt8] {
    guard kind == .idx || kind == .fashion else {
      if kind == .folder { return random.damaged(sound, with: random.pick(files.filter { $0.kind == .folder }).sound) }
      if random.chance(0.3) { return Array(sound.prefix(random.pick([0, 1, 3072, 3073, 3074, sound.count - 1]))) }
      return random.damaged(sound, with: sound)
    }
    switch random.integer(0...9) {
    case 0...2:
      let sizes = (0..<random.pick([1, 3, 3, 3, 0, 255])).map { _ in random.pick([0, 1, 2, 4, 6, 512, 513, 65_536, 0x7FFF_FFFF, UInt32.max]) }
      let made = [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) } + sound.suffix(36)
      return random.chance(0.4) ? Self.packed(made) : made
    case 3 where random.chance(0.02):
      // A few bytes that unpack to more or less than the header tells of, 32 MB at the most.
      let sizes = [UInt32(6), 512, 512].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
      return Self.packed([0, 0, 8, 3] + sizes + [UInt8](repeating: 0, count: random.pick([1 << 10, 6 << 18, 1 << 25])), level: 9)
    case 4, 5: return Self.packed(random.damaged(sound, with: sound), level: 1)
    case 6: return random.damaged(Self.packed(sound), with: sound)
    default: return random.damaged(sound, with: sound)
    }
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    let file = files[Int(input[0]) % files.count]
    let path = "\(folder)/\(file.path)"
    InputFile.write(Array(input.dropFirst()), to: path)
    defer { InputFile.write(file.sound, to: path) }
    var request = DatasetRequest(kind: file.kind, directory: folder + "/" + file.path.prefix { $0 != "/" })
    if random.chance(0.3) { (request.train, request.classes) = (random.pick([1, 2, 5]), random.pick([nil, 2, 3])) }
    if file.kind == .folder { request.size = random.pick([nil, 4, 16]) }
    do {
      let outline = try request.load(reading: .outline)
      try check(outline, outline.train)
      try check(outline, outline.test)
    } catch let error as WrongAnswer {
      throw error
    } catch {}
    do {
      let data = try request.load()
      try check(data, data.train)
      try check(data, data.test)
      return true
    } catch let error as DatasetError {
      if error.message.isEmpty { throw WrongAnswer("no words: \(error)") }
      return false
    } catch {
      throw error as? WrongAnswer ?? WrongAnswer("\(error)")
    }
  }

  private func check(_ data: ImageDataset, _ split: ImageSplit) throws(WrongAnswer) {
    guard split.pixels.count == split.labels.count * split.shape.valueCount, split.count > 0 else {
      throw WrongAnswer("\(split.pixels.count) pixels of \(split.labels.count) images of \(split.shape)")
    }
    guard split.labels.allSatisfy({ (0..<Int32(data.classNames.count)).contains($0) }) else { throw WrongAnswer("a label out of range") }
  }
}
