import Foundation

/// What a checkpoint keeps beside its tensors: where the training stands, what was drawn, what was computed, and what it belongs to.
public struct LiveState: Codable, Hashable, Sendable {
  /// A name and its value, as people read them.
  public struct Fact: Codable, Hashable, Sendable {
    public let name: String
    public let value: String
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The `train` that was going on.
  public struct Plan: Codable, Hashable, Sendable {
    public let totalSteps: Int
    public let doneSteps: Int
    public let stepsPerEpoch: Int
    /// The loss as typed.
    public let loss: String?
    /// Whether the epoch that the steps done ended is still to be measured; nil: no.
    public let isEpochOpen: Bool?
    public init(totalSteps: Int, doneSteps: Int, stepsPerEpoch: Int, loss: String?, isEpochOpen: Bool? = nil) {
      self.totalSteps = totalSteps
      self.doneSteps = doneSteps
      self.stepsPerEpoch = stepsPerEpoch
      self.loss = loss
      self.isEpochOpen = isEpochOpen
    }
  }

  /// What a `val` holds.
  public struct NamedValue: Codable, Hashable, Sendable {
    public let name: String
    /// The expression that was computed.
    public let source: String
    public let value: Content
    public init(name: String, source: String, value: Content) {
      self.name = name
      self.source = source
      self.value = value
    }
  }

  public indirect enum Content: Codable, Hashable, Sendable {
    /// In all its digits, NaN and ±∞ too.
    case number(String)
    case flag(Bool)
    case text(String)
    case list([Content])
    /// The file's tensor of that name; each axis by its name, where it has one.
    case tensor(String, axes: [String?])
    case missing
  }

  /// The version of Siam that wrote it.
  public var siam = ""
  /// The UUID of the run whose state this is; nil where nothing has been trained.
  public var run: String?
  /// Steps done since `reset`.
  public var step = 0
  public var seed: UInt64 = 0
  /// Draws outside a step, by the statement that made them.
  public var draws: [String: UInt64] = [:]
  public var values: [NamedValue] = []
  public var plan: Plan?
  /// What the tensors are of: a model of another architecture cannot take them.
  public var architecture: [Fact] = []
  /// Everything else that was set.
  public var settings: [Fact] = []
  public var dataset: String?
  public var datasetHash: String?

  public init() {}
}

extension LiveState {
  /// The version of this record; a file of a later one is refused.
  static let format = 1

  /// As safetensors metadata. The step and the seed stand by themselves too, for whoever opens the file elsewhere.
  func metadata() -> [String: String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every member is text, a whole number or a flag: there is nothing that could not be encoded.
    let state = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return ["siam_checkpoint": "\(Self.format)", "step": "\(step)", "seed": "\(seed)", "state": state]
  }

  init(metadata: [String: String], of path: String) throws(CheckpointError) {
    guard let format = metadata["siam_checkpoint"], let state = metadata["state"] else { throw .foreign(path) }
    guard format == "\(Self.format)" else { throw .newer(path, found: format, known: Self.format) }
    do {
      self = try JSONDecoder().decode(LiveState.self, from: Data(state.utf8))
    } catch {
      throw .notSafetensors(path, reason: "what Siam writes beside the tensors is damaged")
    }
    guard areStepsInRange else { throw .notSafetensors(path, reason: "its steps are out of range") }
  }

  /// More of them than anybody can do, and few enough to be counted on.
  private static let mostSteps = 1 << 53

  private var areStepsInRange: Bool {
    guard (0...Self.mostSteps).contains(step), draws.values.allSatisfy({ $0 <= UInt64(Self.mostSteps) }) else { return false }
    guard let plan else { return true }
    return (0...Self.mostSteps).contains(plan.totalSteps) && (0...plan.totalSteps).contains(plan.doneSteps)
      && (1...Self.mostSteps).contains(plan.stepsPerEpoch)
  }
}
