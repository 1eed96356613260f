import Foundation

/// How the rate runs over one `train`.
public enum Schedule: Hashable, Sendable {
  case constant
  /// Linear warm-up over `warmupEpochs`, then half a cosine down to 0.
  case cosine(warmupEpochs: Double)

  /// The rate of step number `step` (from 0) of `total`.
  ///
  /// During warm-up base·(step+1)/warm; after it base·½(1 + cos(π·(step - warm)/(total - warm))), warm = warmupEpochs·stepsPerEpoch.
  public func rate(base: Double, step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    switch self {
    case .constant: return base
    case .cosine(let warmupEpochs):
      let warmup = Schedule.warmupSteps(warmupEpochs, stepsPerEpoch: stepsPerEpoch)
      if step < warmup { return base * Double(step + 1) / Double(warmup) }
      let progress = Double(step - warmup) / Double(max(1, total - warmup))
      return base * (1 + cos(.pi * min(1, progress))) / 2
    }
  }

  private static func warmupSteps(_ epochs: Double, stepsPerEpoch: Int) -> Int {
    let steps = (epochs * Double(stepsPerEpoch)).rounded()
    return steps.isFinite && steps > 0 ? Int(min(steps, 1e15)) : 0
  }
}
