import Foundation

extension Verdict {
  /// The verdict and its evidence in one line: `no collapse (std 0.061 ≈ 1/√256 = 0.0625, mr 0.99)`,
  /// `collapse of P (std 0.0021 ≪ 1/√256 = 0.0625, mr 0.03; Z: std 0.05, mr 0.83)`, `diverged at step 12 (loss NaN)`.
  public var sentence: String {
    switch word {
    case .unjudged: "no verdict: nothing was measured"
    case .diverged: divergence?.sentence ?? "diverged" + evidence
    case .full: "collapse" + place + evidence + suffix
    case .partial: "partial collapse" + place + evidence + suffix
    case .no: "no collapse" + evidence + suffix
    }
  }

  private var place: String { spaces.count > 1 ? " of \(spaces[0].name)" : "" }
  private var suffix: String {
    fall.map { ", but mr is still falling: \(Verdict.hundredths($0.before)) → \(Verdict.hundredths($0.after))" } ?? ""
  }

  /// ` (…)`: the deciding space in full, the others after it.
  private var evidence: String {
    guard let worst = spaces.first else { return "" }
    let leader = spaces.count > 1 && place(isNamedFor: word) == false ? "\(worst.name): " : ""
    let rest = spaces.dropFirst().map { "; \($0.name): std \(Verdict.significant($0.std, 2)), mr \(Verdict.hundredths($0.mr))" }
    return " (" + leader + worst.evidence + rest.joined() + ")"
  }

  private func place(isNamedFor word: Word) -> Bool { word == .full || word == .partial }

  /// `significant` digits, without trailing zeros.
  static func significant(_ value: Double, _ digits: Int) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-∞" : "∞") : String(format: "%.\(digits)g", value)
  }

  /// Two decimals, as one reads mo and mr, unless that would show a small number as 0.
  static func hundredths(_ value: Double) -> String {
    abs(value) >= 0.01 ? String(format: "%.2f", value) : significant(value, 1)
  }
}

extension Verdict.Space {
  fileprivate var evidence: String {
    let even = Verdict.significant(1 / Double(dimension).squareRoot(), 3)
    let mean = mrMean < 0.8 * mr ? " rms, \(Verdict.hundredths(mrMean)) mean" : ""
    return "std \(Verdict.significant(std, 2)) \(relation) 1/√\(dimension) = \(even), mr \(Verdict.hundredths(mr))\(mean)"
  }

  /// How std compares with 1/√D: about as large within a tenth.
  private var relation: String {
    if abs(relativeStd - 1) <= 0.1 { return "≈" }
    return relativeStd < 0.2 ? "≪" : relativeStd > 1 ? ">" : "<"
  }
}

extension Verdict.Divergence {
  fileprivate var sentence: String {
    let what = value.map { Verdict.significant($0, 3) } ?? "not finite"
    return "diverged at step \(step) (\(quantity) \(what))"
  }
}
