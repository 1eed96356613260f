import Foundation
import ImageFiles

/// Reads PNG and JPEG files that lie in a folder for each class.
///
/// `DIR/train/CLASS/…` and `DIR/test/CLASS/…` (or `val`) are taken as they are. Of `DIR/CLASS/…` every fifth image of each class is for testing
/// (at least one), in the order of their names, byte by byte. Images are then taken a class in turn, so that the first N are of all classes.
struct FolderReader {
  let directory: String
  /// Pixels on a side; nil: as they are, all alike.
  let size: Int?

  /// One in so many images is for testing where the folders do not say.
  static let testShare = 5
  private static let endings: Set<String> = ["png", "jpg", "jpeg"]

  private struct Source {
    let path: String
    let label: Int
  }

  func read(_ reading: DatasetReading) throws(DatasetError) -> DatasetContents {
    let (classes, train, test) = try sources()
    let contents = { (train: ImageSplit, test: ImageSplit) in
      DatasetContents(directory: directory, classNames: classes, train: train, test: test)
    }
    if reading == .everything {
      let decoded = (train: try images(train), test: try images(test))
      let shape = try shape(of: (decoded.train + decoded.test).map { ($0.image.outline, $0.source) })
      return contents(Self.split(decoded.train, shape), Self.split(decoded.test, shape))
    }
    let outlines = (train: try outlines(train), test: try outlines(test))
    let shape = try shape(of: outlines.train + outlines.test)
    let whole = Once { try? read(.everything) }
    func split(_ sources: [Source], _ half: @escaping @Sendable (DatasetContents) -> ImageSplit) -> ImageSplit {
      ImageSplit(outlined: shape, count: sources.count, labels: sources.map { Int32($0.label) }) { whole.value.map(half) }
    }
    return contents(split(train) { $0.train }, split(test) { $0.test })
  }

  /// The files, in the order of their images.
  private func sources() throws(DatasetError) -> (classes: [String], train: [Source], test: [Source]) {
    let folders = try Self.names(in: directory, areFolders: true)
    let testName = ["test", "val", "valid"].first(where: folders.contains)
    let (classes, train, test): ([String], [[Source]], [[Source]])
    if folders.contains("train"), let testName {
      classes = try classNames(in: directory + "/train")
      train = try sources(in: directory + "/train", classes)
      let testClasses = try classNames(in: directory + "/" + testName, atLeast: 1)
      if let unknown = testClasses.first(where: { !classes.contains($0) }) {
        throw .wrongFormat(path: directory + "/" + testName + "/" + unknown, reason: "is a class that \"train\" does not have")
      }
      test = try sources(in: directory + "/" + testName, testClasses).map { list in
        list.map { Source(path: $0.path, label: classes.firstIndex(of: testClasses[$0.label]) ?? 0) }
      }
    } else {
      classes = try classNames(in: directory)
      let all = try sources(in: directory, classes)
      train = all.map { Self.part($0, isTest: false) }
      test = all.map { Self.part($0, isTest: true) }
    }
    return (classes, Self.inTurn(train), Self.inTurn(test))
  }

  private static func part(_ sources: [Source], isTest: Bool) -> [Source] {
    sources.enumerated().filter { index, _ in
      let isForTest = index % testShare == testShare - 1 || (sources.count < testShare && index == sources.count - 1)
      return isForTest == isTest
    }.map(\.element)
  }

  /// The first of each class, then the second of each.
  private static func inTurn(_ classes: [[Source]]) -> [Source] {
    (0..<(classes.map(\.count).max() ?? 0)).flatMap { index in classes.compactMap { index < $0.count ? $0[index] : nil } }
  }

  // MARK: Names

  private func classNames(in folder: String, atLeast least: Int = 2) throws(DatasetError) -> [String] {
    let names = try Self.names(in: folder, areFolders: true)
    guard names.count >= least else {
      throw .wrongFormat(
        path: folder, reason: names.isEmpty ? "has no sub-folders" : "has one sub-folder alone, \"\(names[0])\"",
        hint: "each class is a sub-folder with its images: \(folder)/cat/1.png, \(folder)/dog/1.png")
    }
    return names
  }

  private func sources(in folder: String, _ classes: [String]) throws(DatasetError) -> [[Source]] {
    var sources: [[Source]] = []
    for (label, name) in classes.enumerated() {
      let place = folder + "/" + name
      let files = try Self.names(in: place, areFolders: false).filter { Self.endings.contains(NSString(string: $0).pathExtension.lowercased()) }
      guard !files.isEmpty else { throw .wrongFormat(path: place, reason: "holds no PNG or JPEG file") }
      sources.append(files.map { Source(path: place + "/" + $0, label: label) })
    }
    return sources
  }

  /// What is not hidden, ordered by bytes: the same on every machine.
  private static func names(in folder: String, areFolders: Bool) throws(DatasetError) -> [String] {
    guard let directory = opendir(folder) else { throw .unreadable(path: folder, reason: "its files cannot be listed") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      // A class without a name would be left out in silence.
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw .unreadable(path: folder, reason: "the name `\(String(decoding: bytes, as: UTF8.self))` in it is not UTF-8")
      }
      names.append(name)
    }
    return names.filter { name in
      var isFolder: ObjCBool = false
      return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
        && isFolder.boolValue == areFolders
    }.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  // MARK: Pixels

  private func images(_ sources: [Source]) throws(DatasetError) -> [(image: DecodedImage, source: Source)] {
    try each(of: sources) { path throws(DatasetError) in
      let image = try decode(path)
      return (image, image.outline)
    }
  }

  /// What the files' beginnings say.
  private func outlines(_ sources: [Source]) throws(DatasetError) -> [(image: ImageOutline, source: Source)] {
    try each(of: sources) { path throws(DatasetError) in
      let outline = try outline(path)
      return (outline, outline)
    }
  }

  /// As long as all together are no more than a split may hold.
  private func each<Image>(
    of sources: [Source], _ read: (String) throws(DatasetError) -> (image: Image, outline: ImageOutline)
  ) throws(DatasetError) -> [(image: Image, source: Source)] {
    var images: [(image: Image, source: Source)] = []
    var bytes = 0
    for source in sources {
      let (image, outline) = try read(source.path)
      bytes += outline.width * outline.height * outline.channels
      guard bytes <= ReadingLimits.pixelBytes else { throw .tooLarge(path: directory, claimed: "\(sources.count) images") }
      images.append((image, source))
    }
    return images
  }

  private func decode(_ path: String) throws(DatasetError) -> DecodedImage {
    let file = try file(path)
    let bytes = try file.read(file.fileSize)
    let image = try Self.understood(path) { () throws(ImageFileError) in try ImageFile.decode(bytes) }
    if let size { return image.centralSquare.resized(width: size, height: size) }
    try checkSize(image.outline, path)
    return image
  }

  /// Where all that says it stands, usually.
  private static let beginning = 1 << 14

  /// What `decode` will have the outline of.
  private func outline(_ path: String) throws(DatasetError) -> ImageOutline {
    let outline = try storedOutline(path)
    if let size { return ImageOutline(width: size, height: size, channels: outline.channels) }
    try checkSize(outline, path)
    return outline
  }

  private func storedOutline(_ path: String) throws(DatasetError) -> ImageOutline {
    let file = try file(path)
    let first = try file.read(min(Self.beginning, file.fileSize))
    if let outline = try? ImageFile.outline(first) { return outline }
    let bytes = try first + file.read(file.fileSize - first.count)
    return try Self.understood(path) { () throws(ImageFileError) in try ImageFile.outline(bytes) }
  }

  private func file(_ path: String) throws(DatasetError) -> DataFile {
    let file = try DataFile(path: path)
    guard file.fileSize <= ImageFile.mostBytes else { throw .tooLarge(path: path, claimed: "\(file.fileSize) bytes") }
    return file
  }

  private static func understood<Image>(_ path: String, _ read: () throws(ImageFileError) -> Image) throws(DatasetError) -> Image {
    do throws(ImageFileError) {
      return try read()
    } catch {
      throw .wrongFormat(path: path, reason: error.reason, hint: error.hint)
    }
  }

  private func checkSize(_ image: ImageOutline, _ path: String) throws(DatasetError) {
    guard max(image.width, image.height) <= ReadingLimits.side else {
      throw .wrongFormat(path: path, reason: "has \(image.width)×\(image.height) pixels", hint: "`data folder \"DIR\" size=32` makes all of one size")
    }
  }

  /// Grey where all images are.
  private func shape(of images: [(image: ImageOutline, source: Source)]) throws(DatasetError) -> ImageShape {
    guard let first = images.first else { throw .wrongFormat(path: directory, reason: "holds no images") }
    if let other = images.first(where: { $0.image.width != first.image.width || $0.image.height != first.image.height }) {
      throw .wrongFormat(
        path: other.source.path,
        reason: "has \(other.image.width)×\(other.image.height) pixels, and \"\(first.source.path)\" \(first.image.width)×\(first.image.height)",
        hint: "`data folder \"DIR\" size=32` makes all of one size")
    }
    return ImageShape(channels: images.contains { $0.image.channels == 3 } ? 3 : 1, height: first.image.height, width: first.image.width)
  }

  private static func split(_ images: [(image: DecodedImage, source: Source)], _ shape: ImageShape) -> ImageSplit {
    ImageSplit(
      shape: shape, pixels: images.flatMap { $0.image.planes(shape.channels) }, labels: images.map { Int32($0.source.label) })
  }
}
