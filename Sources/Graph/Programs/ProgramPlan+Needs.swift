extension ProgramPlan {
  /// The operations that only the other outputs need, by their places in `costs`: a program of `outputs` and the updates alone would be without
  /// them.
  public func operations(notNeededFor outputs: some Sequence<Int>) -> [Int] {
    var needed = Set((outputs.map { roots[$0] } + updates.map(\.value)).map(\.id))
    // Inputs have smaller ids than what is made of them.
    for node in nodes.reversed() where needed.contains(node.id) { needed.formUnion(node.inputs.map(\.id)) }
    let operations = layout.liveness.operations
    return operations.indices.filter { !needed.contains(operations[$0].id) }
  }
}
