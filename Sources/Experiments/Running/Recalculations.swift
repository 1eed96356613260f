import Graph
import SourceText
import Syntax
import Tensors

/// Formulas that were computed more than once and may be again, with other numbers in the arrays that they name: the step of a descent in a
/// loop. Their programs are kept, since making one takes longer than a small one runs.
struct Recalculations {
  /// A formula, as a program for what its names stood for.
  struct Recalculation {
    fileprivate let expressions: [Expression]
    let meanings: [Meaning]
    let program: Program
    fileprivate let dependencies: Dependencies

    /// Formulas that statements put together can have one text and mean others.
    fileprivate func isOf(_ expressions: [Expression]) -> Bool { zip(self.expressions, expressions).allSatisfy { $0.isSame(as: $1) } }
  }

  private struct Key: Hashable {
    let owner: String
    let texts: [String]

    init(_ expressions: [Expression], _ owner: String) {
      self.owner = owner
      texts = expressions.map(\.span.text)
    }
  }

  private static let most = 8
  /// Of one program's arena and constants.
  private static let mostBytes = 16 << 20

  private var met: Set<Key> = []
  private var kept: [Key: Recalculation] = [:]

  /// Whether nothing is asked by these formulas but their own names, as far as is known.
  func has(_ expressions: [Expression], _ owner: String, _ definitions: Definitions) -> Bool {
    lookUp(expressions, owner, definitions) != nil
  }

  /// The same formulas' program, with the arrays of now.
  func find(_ expressions: [Expression], _ owner: String, _ definitions: Definitions) -> Recalculation? {
    guard let (known, arrays) = lookUp(expressions, owner, definitions) else { return nil }
    known.program.replace(arrays)
    return known
  }

  private func lookUp(_ expressions: [Expression], _ owner: String, _ definitions: Definitions) -> (Recalculation, arrays: [Int: Tensor])? {
    guard let known = kept[Key(expressions, owner)], known.isOf(expressions) else { return nil }
    return known.dependencies.arrays(in: definitions).map { (known, $0) }
  }

  /// Keeps the program, where these formulas are met for the second time and nothing stands against it.
  mutating func keep(_ program: Program, _ meanings: [Meaning], of expressions: [Expression], _ owner: String, _ elaboration: Elaboration) {
    guard !elaboration.dependencies.areMore, elaboration.warnings.isEmpty, program.arenaBytes + program.plan.constantBytes <= Self.mostBytes else {
      return
    }
    let key = Key(expressions, owner)
    guard !met.insert(key).inserted else {
      if met.count > 8 * Self.most { met = [key] }
      return
    }
    if kept.count >= Self.most { kept = [:] }
    kept[key] = Recalculation(
      expressions: expressions, meanings: meanings, program: program, dependencies: elaboration.dependencies)
  }
}
