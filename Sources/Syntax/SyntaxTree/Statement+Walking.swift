extension Sequence<Statement> {
  /// The statements with those inside loops and conditions, in the order of the text.
  public var withNested: [Statement] {
    flatMap { statement -> [Statement] in
      switch statement.kind {
      case .forLoop(_, _, _, let body): [statement] + body.withNested
      case .conditional(_, let body, let otherwise): [statement] + body.withNested + otherwise.withNested
      default: [statement]
      }
    }
  }
}
