/// A data set for training and testing: two splits of images of one shape, their classes, and how pixels are normalised.
public final class ImageDataset: Sendable {
  /// What the user calls it: `cifar10`.
  public let name: String
  /// The folder it was read from; nil when it was generated.
  public let directory: String?
  /// One name a class, in label order.
  public let classNames: [String]
  public let train: ImageSplit
  public let test: ImageSplit
  public var normalization: Normalization { scaling.value }
  private let hash: Once<ContentHash>
  private let scaling: Once<Normalization>

  /// - Precondition: both splits have one shape, and every label is in 0..<classNames.count.
  /// - Parameter normalization: nil measures it on `train`.
  public init(
    name: String, directory: String? = nil, classNames: [String], train: ImageSplit, test: ImageSplit,
    normalization: Normalization? = nil
  ) {
    self.name = name
    self.directory = directory
    self.classNames = classNames
    self.train = train
    self.test = test
    scaling = Once { normalization ?? Normalization(measuring: train) }
    hash = Once {
      var hash = ContentHash()
      hash.add(train)
      hash.add(test)
      return hash
    }
  }

  /// Of both splits as they are used, after `train=`, `test=` and `classes=`. It is taken of every byte when it is asked for first: a check
  /// of a script does without.
  public var contentHash: ContentHash { hash.value }

  public var classCount: Int { classNames.count }
  public var shape: ImageShape { train.shape }
  /// Per channel, of pixels in [0, 1].
  public var mean: [Float] { normalization.mean }
  /// Per channel, of pixels in [0, 1].
  public var deviation: [Float] { normalization.deviation }

  /// `cifar10: 5085 train, 1017 test, 3×32×32, 10 classes`.
  public var summary: String {
    "\(name): \(train.count) train, \(test.count) test, \(shape), \(classCount) classes"
  }
}
