import Graph
import SourceText
import Syntax
import Training

/// The built-in metrics that a formula can name: `expect mr > 0.5 on test`, `print std`.
public enum MetricName: String, CaseIterable, Sendable {
  case std, mo, mr, cov, rank
  case mrMean = "mr_mean"

  /// One line on what is measured; the formulas are those of `RowMetrics`.
  public var summary: String {
    switch self {
    case .std: "mean over dimensions of the standard deviation of the unit rows of both views; 1/√D when they fill the sphere"
    case .mo: "‖oz‖: the share of the center in Z"
    case .mr: "root mean square of ‖r‖ over the rows of both views: mo² + mr² = 1"
    case .mrMean: "mean of ‖r‖ over the rows of both views"
    case .cov: "Algorithm 6 on the unit rows of both views: sum of squared off-diagonal covariances, over D"
    case .rank: "effective rank of the unit rows of both views"
    }
  }

  /// A statement that shows it at work.
  public var example: String {
    switch self {
    case .std: "print std * sqrt(D)"
    case .mo: "print mo^2 + mr^2 on test"
    case .mr: "expect mr <= 1.001 on test"
    case .mrMean: "print mr_mean on 2 batches"
    case .cov: "print cov on train"
    case .rank: "print rank on test"
    }
  }

  /// Where the paper has it.
  public var paper: String? {
    switch self {
    case .std: "Sec. 3.1, Table 1"
    case .mo, .mr, .mrMean: "Sec. 3.1, Fig. 4"
    case .cov: "Sec. 3.5, Fig. 6, Alg. 6"
    case .rank: nil
    }
  }
}

extension Elaboration {
  /// A metric of Z on the batch at hand.
  func metric(_ name: String, at site: SourceSpan) throws(Diagnostic) -> Meaning {
    let views = try requireViews()
    let a = views.projections(1).normalizedRows()
    let b = views.projections(2).normalizedRows()
    if name == MetricName.rank.rawValue {
      return .array(graph.concatenate([a, b]).effectiveRank(), .scalar)
    }
    guard let node = RowMetrics.nodes(a, b).first(where: { $0.name == name })?.node else { return .missing }
    return .array(node, .scalar)
  }
}
