import Experiments

extension Session {
  /// Changes what the networks are, and says which of those that were trained begin anew by that.
  func changingNetworks<Failure: Error>(_ change: () throws(Failure) -> Void) throws(Failure) {
    let before = experiment.replacedModules
    try change()
    let names = experiment.replacedModules
    guard !names.isEmpty, names != before else { return }
    note("new weights for \(names.joined(separator: ", ")): what they have learned is left behind (`undo` goes back)")
  }
}
