import Foundation

extension Checkpoint {
  /// What the live state is known by: equal for states from which every next step is the same. The values of `val`, the run it belongs to and the
  /// version of the program do not count.
  public func stateHash() -> String {
    var hash = SHA256()
    for tensor in tensors.sorted(by: { $0.name < $1.name }) where !tensor.name.hasPrefix("val/") {
      hash.add(Array("\(tensor.name) \(tensor.shape)\n".utf8))
      hash.add(UnsafeRawBufferPointer(start: tensor.buffer.pointer, count: tensor.shape.count * MemoryLayout<Float>.stride))
    }
    var facts = ["step \(state.step)", "seed \(state.seed)", "data \(state.datasetHash ?? "")"]
    facts += state.draws.sorted { $0.key < $1.key }.map { "draw \($0.key) \($0.value)" }
    facts += (state.architecture + state.settings).map { "\($0.name) \($0.value)" }
    if let plan = state.plan { facts.append("plan \(plan.doneSteps) of \(plan.totalSteps), \(plan.loss ?? "")") }
    hash.add(Array(facts.joined(separator: "\n").utf8))
    return hash.digits()
  }
}
