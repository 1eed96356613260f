import Datasets
import Foundation
import ImageFiles
import Testing

/// PNG and JPEG files of every kind, against Pillow.
struct ImageFileTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let file: String
    let width: Int
    let height: Int
    let channels: Int
    let pixels: [UInt8]
    let squares: [String: [UInt8]]
    var testDescription: String { file }
    var path: String { ImageFileTests.folder + "/images/" + file }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures").path
  static let cases: [Case] =
    (try? JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/images.json")))) ?? []

  private static func bytes(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) }

  @Test func allAreThere() { #expect(Self.cases.count == 13) }

  @Test(arguments: cases) func decodes(_ example: Case) throws {
    let image = try ImageFile.decode(try Self.bytes(example.path))
    #expect(image.width == example.width && image.height == example.height && image.channels == example.channels)
    #expect(image.pixels == example.pixels)
    #expect(try ImageFile.outline(Self.bytes(example.path)) == image.outline)
    for (side, pixels) in example.squares {
      let side = try #require(Int(side))
      #expect(image.centralSquare.resized(width: side, height: side).pixels == pixels, "\(side)")
    }
    // A file that ends too soon is never half an image.
    let bytes = try Self.bytes(example.path)
    for length in [0, 3, 8, 20, bytes.count / 2, bytes.count - 13] {
      #expect(throws: ImageFileError.self) { try ImageFile.decode(Array(bytes.prefix(length))) }
    }
  }

  /// Some cameras and editors leave bytes that belong to nothing.
  @Test(arguments: ["baseline.jpg", "gray.jpg", "progressive.jpeg"]) func extraneousBytesAreNoPartOfAPicture(name: String) throws {
    let bytes = try Self.bytes(Self.folder + "/images/" + name)
    let image = try ImageFile.decode(bytes)
    let first = 4 + (Int(bytes[4]) << 8 | Int(bytes[5]))
    let extra = Array("extra".utf8)
    let inHeader = bytes[..<first] + extra + bytes[first...]
    for whole in [inHeader, bytes.dropLast(2) + extra + bytes.suffix(2), inHeader.dropLast(2) + extra + bytes.suffix(2)] {
      #expect(try ImageFile.decode(Array(whole)) == image)
      #expect(throws: ImageFileError.self) { try ImageFile.decode(Array(whole.dropLast(15 + extra.count))) }
    }
  }

  @Test func writesWhatItReads() throws {
    let pixels = (0..<5 * 4 * 3).map { UInt8($0 * 4 % 256) }
    let image = try ImageFile.decode(try PNGFile.bytes(width: 5, height: 4, rgb: pixels))
    #expect(image == DecodedImage(width: 5, height: 4, channels: 3, pixels: pixels))
  }

  @Test func refusesWhatItDoesNotTake() throws {
    func reason(_ bytes: [UInt8]) -> String {
      do throws(ImageFileError) { return "\(try ImageFile.decode(bytes))" } catch { return error.reason }
    }
    #expect(reason(try Self.bytes(Self.folder + "/cmyk.jpg")).contains("CMYK"))
    #expect(reason(Array("GIF89a".utf8)).contains("neither PNG nor JPEG"))
    // A header of 2³⁰ × 2³⁰ pixels.
    var huge = try Self.bytes(Self.cases[0].path.replacingOccurrences(of: "baseline.jpg", with: "rgb.png"))
    huge.replaceSubrange(16..<24, with: [0x40, 0, 0, 0, 0x40, 0, 0, 0])
    #expect(!reason(huge).hasPrefix("DecodedImage"))
  }
}

struct FolderReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func gray(_ value: UInt8, side: Int = 8) throws -> [UInt8] {
    try PNGFile.bytes(width: side, height: side, rgb: Array(repeating: value, count: side * side * 3))
  }

  private func fill(_ place: String, _ count: Int, from first: UInt8) throws {
    try folder.folder(place)
    for index in 0..<count { try folder.write("\(place)/\(index).png", try gray(first + UInt8(index))) }
  }

  private func load(_ size: Int? = nil, reading: DatasetReading = .everything) throws -> ImageDataset {
    try DatasetRequest(kind: .folder, directory: folder.path, size: size).load(reading: reading)
  }

  /// The same, and what a check reads says the same of it.
  private func loadBoth(_ size: Int? = nil) throws -> ImageDataset {
    let (whole, outline) = (try load(size), try load(size, reading: .outline))
    #expect(outline.summary == whole.summary && outline.classNames == whole.classNames)
    #expect(outline.train.labels == whole.train.labels && outline.test.labels == whole.test.labels)
    #expect(outline.contentHash == whole.contentHash)
    return whole
  }

  private func value(_ split: ImageSplit, _ image: Int) -> UInt8 { split.pixels[image * split.shape.valueCount] }

  @Test func everyFifthImageIsForTesting() throws {
    try fill("b", 11, from: 100)
    try fill("a", 3, from: 10)
    try folder.write("b/notes.txt", [1, 2, 3])
    try folder.write("b/.hidden.png", [1])
    let data = try loadBoth()
    #expect(data.summary == "folder: 11 train, 3 test, 3×8×8, 2 classes" && data.classNames == ["a", "b"])
    // Names by bytes: 0, 1, 10, 2, 3, …; a class in turn.
    #expect(data.train.labels == [0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect((0..<11).map { value(data.train, $0) } == [10, 100, 11, 101, 110, 102, 104, 105, 106, 107, 109])
    #expect((0..<3).map { value(data.test, $0) } == [12, 103, 108])
    #expect(data.contentHash == (try load()).contentHash)
  }

  /// A class whose name cannot be read is not left out in silence.
  @Test func namesThatAreNoText() throws {
    try fill("a", 2, from: 0)
    try fill("b", 2, from: 9)
    try #require(mkdir(folder.path + "/\u{e9}", 0o700) == 0)
    #expect(rename((folder.path + "/\u{e9}").cString(using: .utf8)!, (folder.path + "/").utf8CString.dropLast() + [-1, -2, 0]) == 0)
    #expect(throws: DatasetError.unreadable(path: folder.path, reason: "the name `\u{fffd}\u{fffd}` in it is not UTF-8")) { try load() }
  }

  @Test(arguments: ["test", "val"]) func foldersThatSayIt(_ name: String) throws {
    try fill("train/x", 2, from: 0)
    try fill("train/y", 2, from: 50)
    try fill("\(name)/y", 1, from: 90)
    let data = try loadBoth()
    #expect(data.train.count == 4 && data.test.labels == [1] && value(data.test, 0) == 90)
    try fill("\(name)/z", 1, from: 90)
    #expect(throws: DatasetError.self) { try load() }
  }

  @Test func sizesAndChannels() throws {
    try fill("a", 5, from: 0)
    try fill("b", 5, from: 9)
    for name in ["gray.png", "rgb.png", "baseline.jpg"] {
      try folder.write("a/\(name)", try [UInt8](Data(contentsOf: URL(fileURLWithPath: ImageFileTests.folder + "/images/\(name)"))))
    }
    let whole = #expect(throws: DatasetError.self) { try load() }
    let outline = #expect(throws: DatasetError.self) { try load(reading: .outline) }
    #expect(outline?.message == whole?.message)
    let data = try loadBoth(5)
    #expect(data.shape == ImageShape(channels: 3, height: 5, width: 5))
    let reference = try #require(ImageFileTests.cases.first { $0.file == "rgb.png" }?.squares["5"])
    // The middle square of Pillow's, plane by plane.
    let planes: [UInt8] = (0..<75).map { (index: Int) in reference[(index % 25) * 3 + index / 25] }
    let places = (0..<data.train.count).filter { (image: Int) in Array(data.train.pixels[image * 75..<image * 75 + 75]) == planes }
    #expect(places.map { data.train.labels[$0] } == [0])
    try FileManager.default.removeItem(atPath: folder.path + "/a")
    try folder.folder("a")
    for index in 0..<5 {
      try folder.write("a/\(index).png", try [UInt8](Data(contentsOf: URL(fileURLWithPath: ImageFileTests.folder + "/images/gray.png"))))
    }
    #expect(try loadBoth(8).shape.channels == 3)
    try FileManager.default.removeItem(atPath: folder.path + "/b")
    try FileManager.default.copyItem(atPath: folder.path + "/a", toPath: folder.path + "/b")
    #expect(try loadBoth(8).shape.channels == 1)
  }

  @Test func brokenFilesAreNamed() throws {
    try fill("a", 2, from: 0)
    try fill("b", 2, from: 0)
    try folder.write("b/1.png", Array(try gray(3).prefix(60)))
    do {
      _ = try load()
      Issue.record("it was read")
    } catch let error as DatasetError {
      #expect(error.message.hasPrefix("\"\(folder.path)/b/1.png\" is a broken PNG file: "))
    }
    // Its beginning is sound: a check sees that there are images, and black ones if it looks.
    let outline = try load(reading: .outline)
    #expect(outline.summary == "folder: 2 train, 2 test, 3×8×8, 2 classes" && outline.train.pixels == Array(repeating: 0, count: 2 * 192))
    try folder.write("b/1.png", Array(try gray(3).prefix(20)))
    let error = #expect(throws: DatasetError.self) { try load(reading: .outline) }
    #expect(error?.message.hasPrefix("\"\(folder.path)/b/1.png\" is a broken PNG file: ") == true)
  }
}
