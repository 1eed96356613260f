import Networks

extension Experiment {
  /// The modules that the model of now has and the next one would not take over with their weights, as the settings have changed since: by name.
  public var replacedModules: [String] {
    guard position > 0, let model, let next = try? architecture(at: nil), next != model.architecture else { return [] }
    let old = model.architecture
    var names = model.encoder(keptFor: next) == nil ? [Model.encoderName] : []
    func look(_ name: String, _ head: Head?, input: Int, _ candidate: Module?, _ before: Head?) {
      guard let head, candidate != nil, Model.kept(candidate, before, for: head, input: input) == nil else { return }
      names.append(name)
    }
    let features = next.encoder.featureCount
    look(Model.projectorName, next.projector, input: features, model.projector, old.projector)
    let dim = next.projector.outputWidth(inputWidth: features)
    look(Model.predictorName, next.predictor, input: dim, model.predictor, old.predictor)
    for module in next.modules {
      look(module.name, module.head, input: dim, model.further[module.name], old.modules.first { $0.name == module.name }?.head)
    }
    return names
  }
}
