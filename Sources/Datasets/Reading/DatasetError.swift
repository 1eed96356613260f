/// Why a data set cannot be had, or cannot be batched as asked.
public enum DatasetError: Error, Hashable, Sendable {
  /// Nothing of the kind in any of the folders.
  case missing(DatasetKind, searched: [String])
  /// None of several kinds that would have done (two or more; `misses` are their own errors).
  indirect case noneFound([DatasetKind], misses: [DatasetError])
  /// The folder is there, this file of it is not.
  case missingFile(path: String)
  case notADirectory(path: String)
  case unreadable(path: String, reason: String)
  /// The file ends before the data that it should hold.
  case truncated(path: String, expected: Int, found: Int)
  /// The file goes on after the data that it should hold.
  case oversized(path: String, expected: Int)
  case wrongFormat(path: String, reason: String, hint: String? = nil)
  /// The file claims more than Siam is willing to hold in memory.
  case tooLarge(path: String, claimed: String)
  case labelOutOfRange(path: String, image: Int, label: Int, classCount: Int)
  /// The images and the labels of a split are not one to one.
  case countsDiffer(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// One of the splits has no image of the first `classes` classes.
  case noImages(DatasetKind, classes: Int, place: String?)
  /// An option of `data`, `batch`, `views` or `augment`.
  case outOfRange(option: String, value: Double, allowed: ClosedRange<Double>, because: String?)

  /// Whether the data set is simply not there, so that another one could be tried.
  public var isMiss: Bool {
    switch self {
    case .missing, .noneFound: true
    default: false
    }
  }
}
