import SourceText
import Syntax

/// A function of the formula language: what help, completion and the elaborator know about it, in one place.
public struct FormulaFunction: Sendable {
  public let name: String
  /// `infonce(X, Y, tau)`
  public let signature: String
  /// One sentence.
  public let summary: String
  /// A line that the tests run at the prompt.
  public let example: String
  /// What the example prints.
  public let prints: String
  /// Where the paper has it.
  public let paper: String?
  let arguments: ClosedRange<Int>
  let build: @Sendable (FunctionCall) throws(Diagnostic) -> Meaning

  init(
    _ signature: String, _ summary: String, example: String, prints: String, paper: String? = nil, arguments: ClosedRange<Int>,
    build: @escaping @Sendable (FunctionCall) throws(Diagnostic) -> Meaning
  ) {
    name = String(signature.prefix { $0 != "(" })
    self.signature = signature
    self.summary = summary
    self.example = example
    self.prints = prints
    self.paper = paper
    self.arguments = arguments
    self.build = build
  }

  /// Every function, in the order of the reference.
  public static let all: [FormulaFunction] = groups.flatMap(\.functions)

  /// By subject.
  public static let groups: [(title: String, functions: [FormulaFunction])] = [
    ("Vectors and their decomposition", vectors), ("Gradients", gradients), ("Sums and extremes", reductions), ("Entry by entry", elementwise),
    ("Rows as distributions", distributions), ("Matrices", matrices), ("Eigenvalues and factors", spectra), ("Losses", losses),
    ("Modules", modules), ("Averages over steps", averages), ("Arrays from nothing", making), ("Past runs", records)
  ]

  public static let names = all.map(\.name)
  private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  public static func named(_ name: String) -> FormulaFunction? { table[name] }
}
