import Experiments
import Networks
import RunHistory
import Training

/// Settings as the history keeps them: typed, by the names that queries use.
enum SettingsRecord {
  static let names = [
    "data", "profile", "encoder", "encoder_width", "encoder_winograd", "projector", "predictor", "D", "batch", "epochs", "lr", "momentum", "decay",
    "schedule", "warmup", "views", "teacher", "queue", "memory", "augment.crop_min", "augment.crop_max", "augment.flip", "augment.jitter_p",
    "augment.gray",
    "augment.blur", "probe", "rate.h", "rate.h.schedule", "threshold.full", "threshold.partial", "planned_steps", "resumed"
  ]

  static func rows(_ experiment: Experiment) -> [(name: String, value: SettingValue)] {
    let settings = experiment.settings
    var rows: [(name: String, value: SettingValue)] = [
      ("profile", .text(settings.profile.rawValue)), ("D", .number(Double(settings.dim))), ("batch", .number(Double(settings.batch))),
      ("epochs", .number(settings.epochs)), ("lr", .number(settings.rate)), ("momentum", .number(settings.momentum)),
      ("decay", .number(settings.decay)), ("views", .number(Double(settings.views))), ("probe", .flag(settings.isProbeOn)),
      ("projector", .text(settings.projector.span.text)), ("predictor", .text(settings.predictor.span.text))
    ]
    let carried = [("teacher", settings.teacher), ("queue", settings.queue.map(Double.init)), ("memory", settings.memory)]
    for case (let name, let value?) in carried { rows.append((name, .number(value))) }
    if let dataset = experiment.dataset { rows.append(("data", .text(dataset.name))) }
    rows += encoderRows(settings.encoder) + scheduleRows(settings.schedule) + augmentationRows(settings)
    rows += settings.modules.map { ("module.\($0.name)", .text($0.layers.span.text)) }
    for (module, rate) in settings.moduleRates.sorted(by: { $0.key < $1.key }) {
      if let base = rate.base { rows.append(("rate.\(module)", .number(base))) }
      rows.append(("rate.\(module).schedule", .text(rate.followsSchedule ? "scheduled" : "constant")))
    }
    let thresholds = experiment.thresholds
    rows += [("threshold.full", .number(thresholds.full)), ("threshold.partial", .number(thresholds.partial))]
    if let request = settings.data {
      for (name, value) in [
        ("data.train", request.train), ("data.test", request.test), ("data.classes", request.classes), ("data.size", request.size)
      ] {
        if let value { rows.append((name, .number(Double(value)))) }
      }
    }
    return rows
  }

  private static func encoderRows(_ encoder: Encoder) -> [(name: String, value: SettingValue)] {
    switch encoder {
    case .convnet(let width, let winograd): convolutionalRows("convnet", width, winograd)
    case .resnet18(let width, let winograd): convolutionalRows("resnet18", width, winograd)
    case .mlp(let widths): [("encoder", .text("mlp")), ("encoder_widths", .text(widths.map(String.init).joined(separator: " ")))]
    }
  }

  private static func convolutionalRows(_ name: String, _ width: Int, _ winograd: Bool) -> [(name: String, value: SettingValue)] {
    [("encoder", .text(name)), ("encoder_width", .number(Double(width))), ("encoder_winograd", .flag(winograd))]
  }

  private static func scheduleRows(_ schedule: Schedule) -> [(name: String, value: SettingValue)] {
    switch schedule {
    case .constant: [("schedule", .text("constant"))]
    case .cosine(let warmup): [("schedule", .text("cosine")), ("warmup", .number(warmup))]
    }
  }

  private static func augmentationRows(_ settings: ExperimentSettings) -> [(name: String, value: SettingValue)] {
    let augmentation = settings.augmentation
    var rows: [(name: String, value: SettingValue)] = [
      ("augment.crop_min", .number(augmentation.crop.lowerBound)), ("augment.crop_max", .number(augmentation.crop.upperBound)),
      ("augment.flip", .number(augmentation.flip)), ("augment.jitter_p", .number(augmentation.jitterProbability)),
      ("augment.gray", .number(augmentation.gray)), ("augment.blur", .number(augmentation.blur))
    ]
    for (name, value) in zip(["brightness", "contrast", "saturation", "hue"], augmentation.jitter) {
      rows.append(("augment.\(name)", .number(value)))
    }
    return rows
  }
}

extension SettingValue {
  /// For people.
  var text: String {
    switch self {
    case .number(let number): Value.number(number).text
    case .text(let text): text
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}
