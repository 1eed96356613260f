import Datasets
import Networks
import Training

/// A trainer on a little generated data: 4 classes of noisy flat colours.
struct TrainingSetting {
  let model: SimSiamModel
  let trainer: Trainer
  let source: BatchSource
  let split: ImageSplit

  init(seed: UInt64 = 5, count: Int = 80, batch: Int = 16, augmentation: Augmentation = .paper) throws {
    model = try SimSiamModel(seed: seed, batch: batch)
    trainer = Trainer(modules: model.modules, optimizer: SGD(momentum: 0.9, decay: 1e-3), seed: seed)
    split = TrainingSetting.images(count: count)
    let normalization = Normalization(measuring: split)
    source = try BatchSource(
      split: split, normalization: normalization, batch: batch, views: 2, augmentation: augmentation, seed: seed
    )
  }

  func plan(_ steps: Int, schedule: Schedule = .cosine(warmupEpochs: 1), rates: [String: ModuleRate] = [:]) -> TrainingPlan {
    TrainingPlan(
      totalSteps: steps, stepsPerEpoch: source.stepsPerEpoch, batch: model.batch, baseRate: 2, schedule: schedule,
      moduleRates: ["h": .constant, "probe": .probe].merging(rates) { $1 })
  }

  func job(_ plan: TrainingPlan, _ losses: [SimSiamModel.Loss] = [.simSiam]) throws -> TrainingJob {
    TrainingJob(programs: try losses.map { try model.step($0) }, source: source, plan: plan)
  }

  /// Every variable's values: parameters, running statistics, velocities.
  var snapshot: [String: [Float]] {
    Dictionary(uniqueKeysWithValues: trainer.variables().map { ($0.name, Array($0.buffer.floats)) })
  }

  static func images(count: Int) -> ImageSplit {
    let shape = ImageShape(channels: 3, height: 8, width: 8)
    var pixels: [UInt8] = []
    var noise = UInt32(1)
    for image in 0..<count {
      for channel in 0..<3 {
        let level: UInt32 = image % 4 == channel ? 180 : 60
        for _ in 0..<shape.planeCount {
          noise = noise &* 1_664_525 &+ 1_013_904_223
          pixels.append(UInt8(level + noise >> 26))
        }
      }
    }
    return ImageSplit(shape: shape, pixels: pixels, labels: (0..<count).map { Int32($0 % 4) })
  }
}
