import Testing

/// Whatever is wrong, Siam says so in the words of `Cases/…/*.expected`, and ends with the right status.
@Suite struct ErrorTests {
  @Test func allStagesAreThere() {
    #expect(ErrorCase.stages == ["data", "files", "history", "lexing", "names", "options", "parsing", "running", "shapes"])
    #expect(ErrorCase.stages.allSatisfy { ErrorCase.all(in: $0).count > 10 })
  }

  @Test(arguments: ErrorCase.stages.flatMap(ErrorCase.all(in:)))
  func answers(_ example: ErrorCase) throws {
    #expect(try example.answer() == example.expected)
  }
}
