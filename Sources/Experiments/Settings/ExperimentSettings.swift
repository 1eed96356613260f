import Datasets
import Networks
import SourceText
import Syntax
import Training

/// Everything that statements such as `optimizer` and `batch` set, with the profile's values to begin with.
public struct ExperimentSettings: Sendable {
  public var profile: Profile
  public var data: DatasetRequest?
  public var augmentation = Augmentation.paper
  public var views = 2
  public var encoder: Encoder
  public var projector: LayerFormula
  public var predictor: LayerFormula
  /// Further modules in the order of their statements.
  public var modules: [(name: String, layers: LayerFormula)] = []
  /// μ of the momentum encoder and of the memory, K of the queue; nil where there is none.
  public var teacher: Double?
  public var queue: Int?
  public var memory: Double?
  /// The length of a projection: `D` in widths.
  public var dim: Int
  public var batch: Int
  public var epochs: Double
  /// The base rate, scaled by batch/256.
  public var rate: Double
  public var momentum: Double
  public var decay: Double
  public var schedule: Schedule
  public var seed: UInt64 = 0
  /// Rates of single modules: `rate h constant`, `rate encoder lr=0.1`.
  public var moduleRates: [String: ModuleRate]
  public var isProbeOn = true
}

/// A named set of settings.
public enum Profile: String, Sendable, CaseIterable {
  /// Seconds on two cores: a four-layer convnet of width 16, D = 256, 10 epochs.
  case quick
  /// The setting of A.1: ResNet-18, heads of 2048, 1000 epochs.
  case paper

  public var summary: String { summary() }

  /// With another `dim` and other `epochs` than its own.
  public func summary(dim: Int? = nil, epochs: Double? = nil) -> String {
    let length = epochs.map { Value.number($0).text }
    return switch self {
    case .quick: "convnet width 16, D = \(dim ?? 256), batch 256, lr 0.5, \(length ?? "10") epochs, warm-up 1, constant rate for h"
    case .paper: "A.1: resnet18, D = \(dim ?? 2048), batch 256, lr 0.5, \(length ?? "1000") epochs, warm-up 10, constant rate for h"
    }
  }
}

extension ExperimentSettings {
  public init(_ profile: Profile) {
    self.profile = profile
    projector = Self.layers("projector fc D + bn + relu + fc D + bn + relu + fc D + bn")
    predictor = Self.layers("predictor fc D/4 + bn + relu + fc D")
    switch profile {
    case .quick:
      encoder = .convnet(width: 16)
      dim = 256
      epochs = 10
      schedule = .cosine(warmupEpochs: 1)
    case .paper:
      encoder = .resnet18(width: 64)
      dim = 2048
      epochs = 1000
      schedule = .cosine(warmupEpochs: 10)
    }
    batch = 256
    rate = 0.5
    momentum = 0.9
    decay = 1e-5
    moduleRates = ["h": .constant]
  }

  /// A.1's heads, written as a user would type them.
  private static func layers(_ statement: String) -> LayerFormula {
    let parsed = try? Parser.statements(of: SourceFile(name: "profile", text: statement), mode: .script).first
    guard case .layers(_, let layers) = parsed?.kind else { preconditionFailure("a profile's own layers do not parse") }
    return layers
  }

  /// `use PROFILE`: the profile's own settings are taken; data, views, augmentation, seed, further modules, teacher, queue and memory stay.
  public mutating func use(_ profile: Profile) {
    var fresh = ExperimentSettings(profile)
    fresh.data = data
    fresh.augmentation = augmentation
    fresh.views = views
    fresh.seed = seed
    fresh.modules = modules
    fresh.teacher = teacher
    fresh.queue = queue
    fresh.memory = memory
    fresh.isProbeOn = isProbeOn
    self = fresh
  }
}
