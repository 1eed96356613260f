import Foundation
import Graph
import Tensors

/// The effective rank of a matrix (Roy & Vetterli 2007): exp of the entropy of its singular values, scaled to sum 1. Between 1 and
/// min(rows, columns); 0 for a matrix of zeros and NaN where a value is not finite.
public final class EffectiveRank {
  private let slot: InputSlot
  private let program: Program

  public init(rows: Int, columns: Int) throws(ProgramError) {
    slot = InputSlot(name: "rows", shape: [rows, columns])
    let graph = Graph()
    program = try Program(outputs: [graph.input(slot).singularValues()])
  }

  /// Of one look at the values.
  public var plan: ProgramPlan { program.plan }
  /// What it holds while it is used.
  public var memoryBytes: Int { program.plan.arenaBytes + slot.shape.count * MemoryLayout<Float>.stride }

  /// - Parameter values: rows × columns, row by row.
  public func value(of values: UnsafePointer<Float>) -> Double {
    slot.buffer.pointer.update(from: values, count: slot.buffer.count)
    guard !slot.buffer.containsNonFinite else { return .nan }
    program.run(RunContext())
    return EffectiveRank.value(singularValues: program.tensor(0).values.map(Double.init))
  }

  /// exp(-Σ pᵢ log pᵢ) with pᵢ = σᵢ / Σσ (Roy & Vetterli, 2007): from 1, all in one direction, to their count; 0 where all are 0.
  ///
  /// - Parameter singularValues: each ≥ 0, in any order.
  public static func value(singularValues: [Double]) -> Double {
    let sum = singularValues.reduce(0, +)
    guard sum > 0 else { return 0 }
    let entropy = singularValues.reduce(0.0) { total, value in
      let share = value / sum
      return share > 0 ? total - share * log(share) : total
    }
    return exp(entropy)
  }
}
