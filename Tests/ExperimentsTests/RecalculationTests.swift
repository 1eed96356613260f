import Experiments
import SourceText
import Syntax
import Testing

/// A formula that is computed again is not compiled again: what it names may have changed all the same.
@Suite struct RecalculationTests {
  /// Computes a formula three times, so that its program is kept, before the laboratory is changed.
  private func settled(_ text: String, _ formula: String) throws -> Laboratory {
    let laboratory = try Laboratory(text)
    for _ in 1...3 { _ = try laboratory.value(formula) }
    return laboratory
  }

  /// Of an owner that has computed nothing yet.
  private func anew(_ laboratory: Laboratory, _ formula: String) throws -> Value {
    try laboratory.experiment.value(try Parser.expression(of: SourceFile(name: "test", text: formula)), owner: "someone else \(formula)")
  }

  @Test func aDescentIsTheSame() throws {
    let start = "val X = normalize(randn(48, 16))"
    let step = "normalize(X - 3*grad(decorrelation(normalize(X)), X))"
    let (kept, made) = (try Laboratory(start), try Laboratory(start))
    for index in 1...12 {
      try kept.type("val X = \(step)")
      let expression = try Parser.expression(of: SourceFile(name: "test", text: step))
      made.experiment.definitions.set("X", to: try made.experiment.value(expression, owner: "\(index)"), source: step)
      #expect(try kept.value("X") == made.value("X"), "step \(index)")
    }
    #expect(try kept.number("norm(center(X))") > 0)
  }

  @Test(arguments: [
    ("val A = ones(3, 4)", "sum(A * 2)", "val A = 5*ones(3, 4)"),
    // Another shape, a number, a formula.
    ("val A = ones(3, 4)", "A + 1", "val A = ones(4, 3)"),
    ("val A = ones(3, 4)", "A + 1", "val A = 4"),
    ("val A = ones(3, 4)", "sum(A) + 0*A", "let A = 7*ones(3, 4)"),
    ("val A = ones(3, 4)\nval k = 2", "k * A", "val k = 3"),
    ("val A = ones(3, 4)\nlet f = 2*A", "f + 1", "let f = 3*A"),
    ("val A = ones(3, 4)\nlet g = 2*A\nlet f = g + 1", "f * f", "let g = A"),
    ("val A = ones(3, 4)\nval l = [1, 2]", "l[2] * A", "val l = [1, 3]"),
    // Two of one shape that change places.
    ("val A = ones(2, 2)\nval B = 2*ones(2, 2)", "A - 2*B", "val C = A\nval A = B\nval B = C")
  ])
  func whatIsNamedMayChange(text: String, formula: String, change: String) throws {
    let laboratory = try settled(text, formula)
    let before = try laboratory.value(formula)
    try laboratory.type(change)
    let after = try laboratory.value(formula)
    #expect(after != before)
    #expect(try after == anew(laboratory, formula))
  }

  @Test func drawsAndBatchesGoOn() throws {
    let laboratory = try settled("val A = ones(3, 4)", "A + randn(3, 4)")
    #expect(try laboratory.value("A + randn(3, 4)") != laboratory.value("A + randn(3, 4)"))
    let sized = try settled("val A = ones(3, 4)", "A * M")
    sized.experiment.set { $0.batch = 32 }
    #expect(try sized.number("sum(A * M)") == 384)
    #expect(try sized.value("A * M") == anew(sized, "A * M"))
    let trained = try settled("loss -Za . sg(Zb)\nval A = ones(64, 32)", "sum(Za * A)")
    let before = try trained.number("sum(Za * A)")
    _ = try trained.train(.steps(2))
    #expect(try trained.number("sum(Za * A)") != before)
  }

  /// A name that is gone is an error, as it always was.
  @Test func aNameThatIsGone() throws {
    let laboratory = try settled("val A = ones(3, 4)", "A + 1")
    laboratory.experiment.definitions.remove("A")
    #expect(throws: Diagnostic.self) { try laboratory.value("A + 1") }
  }
}
