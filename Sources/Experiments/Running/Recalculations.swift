import Graph
import SourceText
import Syntax
import Tensors

/// Formulas that were computed more than once and may be again, with other numbers in the arrays that they name: the step of a descent in a
/// loop. Their programs are kept, since making one takes longer than a small one runs.
struct Recalculations {
  /// A formula, as a program for what its names stood for.
  struct Recalculation {
    let meanings: [Meaning]
    let program: Program
    fileprivate let dependencies: Dependencies
  }

  private struct Key: Hashable {
    let owner: String
    let texts: [String]

    init(_ expressions: [Expression], _ owner: String) {
      self.owner = owner
      texts = expressions.map(\.span.text)
    }
  }

  private static let most = 16
  /// Of one program's memory.
  private static let mostBytes = 32 << 20

  private var met: Set<Key> = []
  private var kept: [Key: Recalculation] = [:]

  /// Whether nothing is asked by these formulas but their own names, as far as is known.
  func has(_ expressions: [Expression], _ owner: String, _ definitions: Definitions) -> Bool {
    kept[Key(expressions, owner)]?.dependencies.arrays(in: definitions) != nil
  }

  /// The same formulas' program, with the arrays of now.
  func find(_ expressions: [Expression], _ owner: String, _ definitions: Definitions) -> Recalculation? {
    guard let known = kept[Key(expressions, owner)], let arrays = known.dependencies.arrays(in: definitions) else { return nil }
    known.program.replace(arrays)
    return known
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
    kept[key] = Recalculation(meanings: meanings, program: program, dependencies: elaboration.dependencies)
  }
}
