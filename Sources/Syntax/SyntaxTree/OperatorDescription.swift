/// What help says of an operator.
public struct OperatorDescription: Sendable {
  /// As typed: `.`, `not`.
  public let signs: [String]
  public let summary: String
  /// A line that the tests run at the prompt, and what it prints.
  public let example: String
  public let prints: String
  public let paper: String?

  private init(_ signs: [String], _ summary: String, _ example: String, prints: String, paper: String? = nil) {
    self.signs = signs
    self.summary = summary
    self.example = example
    self.prints = prints
    self.paper = paper
  }

  /// Loosest first: one entry for each level of precedence.
  public static let all: [OperatorDescription] = [
    OperatorDescription([".."], "a range, both ends included; `step` says how far apart", "print 0..1 step 0.5", prints: "[0, 0.5, 1]"),
    OperatorDescription(
      ["or"], "true when one side is; the right side is not looked at when the left decides", "print 1 < 2 or 2 < 1", prints: "true"),
    OperatorDescription(["and"], "true when both sides are", "print 1 < 2 and 2 < 1", prints: "false"),
    OperatorDescription(["not"], "true when what follows is not", "print not 1 < 2", prints: "false"),
    OperatorDescription(
      ["==", "!=", "<", "<=", ">", ">=", "in"], "comparisons, entry by entry; they do not chain, and `in` asks whether a list has it",
      "print 2 in [1, 2, 3]", prints: "true"),
    OperatorDescription(
      ["+", "-"], "sum and difference; a vector of dim goes with every row", "print [[1, 2], [3, 4]] + [10, 20]", prints: "[[11, 22], [13, 24]]"),
    OperatorDescription(
      [".", "·"], "the paper's dot: row by row, averaged over the batch; of two vectors their dot product",
      "print [[1, 2], [3, 4]] . [[1, 0], [0, 1]]",
      prints: "2.5", paper: "Eq. 1"),
    OperatorDescription(
      ["*", "/", "@"], "product and quotient, entry by entry; `@` is the matrix product", "print [[1, 2], [3, 4]] @ [1, 1]", prints: "[3, 7]"),
    OperatorDescription(["-"], "the negative of what follows", "print -[1, 2]", prints: "[-1, -2]"),
    OperatorDescription(["^"], "power, entry by entry; from the right", "print 2 ^ 3 ^ 2", prints: "512"),
    OperatorDescription(["'"], "transpose, right behind a matrix", "print [[1, 2], [3, 4]]'", prints: "[[1, 3], [2, 4]]")
  ]

  public static func named(_ sign: String) -> [OperatorDescription] { all.filter { $0.signs.contains(sign) } }
}
