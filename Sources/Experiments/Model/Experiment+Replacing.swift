import Networks

extension Experiment {
  /// The modules that the model of now has and the next one would not take over with their weights, as the settings have changed since: by name.
  public var replacedModules: [String] {
    guard position > 0, let model, let next = try? architecture(at: nil), next != model.architecture else { return [] }
    let old = model.architecture
    let isSameInput = (old.channels, old.height, old.width) == (next.channels, next.height, next.width)
    let hasEncoder = isSameInput && old.encoder == next.encoder
    var names = hasEncoder ? [] : [Model.encoderName]
    let features = next.encoder.featureCount
    if old.projector != next.projector || model.projector.inputShape != [features] { names.append(Model.projectorName) }
    let dim = next.projector.outputWidth(inputWidth: features)
    func look(_ name: String, _ head: Head?, _ before: Head?) {
      guard let head, let before, head != before || model.dim != dim else { return }
      names.append(name)
    }
    look(Model.predictorName, next.predictor, old.predictor)
    for module in next.modules { look(module.name, module.head, old.modules.first { $0.name == module.name }?.head) }
    return names
  }
}
