/// What a `data` statement asks for.
public struct DatasetRequest: Hashable, Sendable {
  public var kind: DatasetKind
  /// The folder the user named; nil looks in the usual places.
  public var directory: String?
  /// Options: so many training images, test images, and classes (the first ones); nil takes all there are.
  public var train: Int?
  public var test: Int?
  public var classes: Int?
  /// Pixels on a side that the images of a `folder` are brought to; nil: they are all alike.
  public var size: Int?

  public static let sizes = 4...ReadingLimits.side

  public init(kind: DatasetKind, directory: String? = nil, train: Int? = nil, test: Int? = nil, classes: Int? = nil, size: Int? = nil) {
    self.size = size
    self.kind = kind
    self.directory = directory
    self.train = train
    self.test = test
    self.classes = classes
  }

  /// Finds and reads the data set.
  public func load(search: DatasetSearch = .standard, reading: DatasetReading = .everything) throws(DatasetError) -> ImageDataset {
    let contents = try contents(search: search, reading)
    return ImageDataset(
      name: kind.rawValue, directory: contents.directory, classNames: contents.classNames, train: contents.train,
      test: contents.test, normalization: kind.normalization)
  }

  /// The first of `requests` that is there (`data cifar10 or fashion or shapes`).
  /// One that is there and damaged is an error, not passed over.
  public static func loadFirst(
    of requests: [DatasetRequest], search: DatasetSearch = .standard, reading: DatasetReading = .everything
  ) throws(DatasetError) -> ImageDataset {
    var misses: [DatasetError] = []
    for request in requests {
      do {
        return try request.load(search: search, reading: reading)
      } catch {
        guard error.isMiss else { throw error }
        misses.append(error)
      }
    }
    throw misses.count == 1 ? misses[0] : .noneFound(requests.map(\.kind), misses: misses)
  }

  private func contents(search: DatasetSearch, _ reading: DatasetReading) throws(DatasetError) -> DatasetContents {
    if kind == .shapes { return try ShapeGenerator.contents(for: self) }
    let directory = try search.folder(of: self)
    let contents =
      switch kind {
      case .cifar10: try CIFARReader.cifar10.read(directory, reading)
      case .cifar100: try CIFARReader.cifar100.read(directory, reading)
      case .folder: try FolderReader(directory: directory, size: size).read(reading)
      default: try IDXReader(directory: directory, isFashion: kind == .fashion).read(reading)
      }
    return try contents.restricted(to: self)
  }
}
