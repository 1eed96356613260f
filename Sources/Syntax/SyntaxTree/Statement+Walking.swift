extension Sequence<Statement> {
  /// The statements with those inside loops and conditions, in the order of the text.
  public var withNested: [Statement] {
    var found: [Statement] = []
    // A list made at each depth would be copied at each: of a thousand blocks in one another that is a million statements.
    var waiting = Array(reversed())
    while let statement = waiting.popLast() {
      found.append(statement)
      switch statement.kind {
      case .forLoop(_, _, _, let body): waiting += body.reversed()
      case .conditional(_, let body, let otherwise): waiting += otherwise.reversed() + body.reversed()
      default: break
      }
    }
    return found
  }
}
