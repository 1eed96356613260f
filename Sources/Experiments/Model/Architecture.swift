import Datasets
import Networks

/// The networks of an experiment, with every width resolved.
public struct Architecture: Hashable, Sendable {
  public var channels: Int
  public var height: Int
  public var width: Int
  public var classCount: Int
  public var encoder: Encoder
  public var projector: Head
  /// The module `h`; nil after `predictor none`.
  public var predictor: Head?
  /// Further modules by name, in the order of their statements.
  public var modules: [NamedHead]
  /// `teacher μ`, `queue K`, `memory μ`; nil where there is none.
  public var teacher: Double?
  public var queue: Int?
  public var memory: Double?
  /// Training images, each with a row in the memory.
  public var imageCount = 0
  /// Which images these are: the memory of one set says nothing of another's.
  public var images: ImageIdentity?

  /// Images that are equal where they are the same object, or hold the same: to see that, every byte is looked at.
  public struct ImageIdentity: Hashable, Sendable {
    private let dataset: ImageDataset
    public init(_ dataset: ImageDataset) { self.dataset = dataset }

    public static func == (left: ImageIdentity, right: ImageIdentity) -> Bool {
      left.dataset === right.dataset || left.dataset.summary == right.dataset.summary && left.dataset.contentHash == right.dataset.contentHash
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(dataset.summary) }
  }

  public struct NamedHead: Hashable, Sendable {
    public let name: String
    public let head: Head
    public init(name: String, head: Head) {
      self.name = name
      self.head = head
    }
  }

  public init(
    channels: Int, height: Int, width: Int, classCount: Int, encoder: Encoder, projector: Head, predictor: Head?,
    modules: [NamedHead]
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.classCount = classCount
    self.encoder = encoder
    self.projector = projector
    self.predictor = predictor
    self.modules = modules
  }
}

extension Head {
  /// The online linear classifier of A.1: one fc from the features to the classes.
  static func probe(classes: Int) -> Head { Head([.linear(width: classes, bias: true)]) }
}
