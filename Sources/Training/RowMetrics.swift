import Graph
import Tensors

/// The built-in metrics of a batch of unit rows, as nodes to be outputs of a step.
///
/// All are of the same 2M rows, both views together, in the statistics of the batch. With rows x of unit length, o their mean and
/// r = x - o (§3.2 of the paper):
///
/// - `std`: mean over the D dimensions of the standard deviation (divisor 2M - 1) of a dimension. 1/√D when rows fill the sphere
///   evenly, 0 when they are one point (Chen & He 2021, §4.1).
/// - `mo`, `mr`: ‖o‖ and the root mean square of ‖r‖: mo² + mr² = 1. As rows have length 1, ‖o‖/‖x‖ is the same number for every
///   row, so that its mean and its root mean square are both `mo`.
/// - `mr_mean`: the mean of ‖r‖.
/// - `cov`: Algorithm 6, the sum of the squared off-diagonal covariances (divisor 2M - 1), over D.
public enum RowMetrics {
  /// - Parameters:
  ///   - a: unit rows of one view, [M, D].
  ///   - b: unit rows of the other, [M, D].
  ///   - suffix: tells spaces apart: `_p` makes `std_p`, `mo_p` ….
  public static func nodes(_ a: Node, _ b: Node, suffix: String = "") -> [(name: String, node: Node)] {
    let rows = a.graph.concatenate([a, b])
    let count = Double(rows.shape[0])
    let degrees = max(1, count - 1)
    let center = rows.mean(axes: [0])
    let residual = rows - center.broadcast(to: rows.shape, axes: [1])
    let squares = residual * residual
    let rowSquares = squares.sum(axes: [1])
    let variances = squares.sum(axes: [0]) / degrees
    return [
      ("std" + suffix, variances.sqrt().mean()),
      ("mo" + suffix, (center * center).sum().sqrt()),
      ("mr" + suffix, rowSquares.mean().sqrt()),
      ("mr_mean" + suffix, rowSquares.sqrt().mean()),
      ("cov" + suffix, squaredOffDiagonal(residual, variances, degrees) / Double(rows.shape[1]))
    ]
  }

  /// The sum of the squared off-diagonal entries of C = RᵀR/degrees, of centered rows R and the diagonal of C.
  ///
  /// Of few rows R·Rᵀ is the smaller matrix, and ‖RᵀR‖ = ‖R·Rᵀ‖ (Frobenius). Taking the diagonal's share off loses no digits then: a C
  /// of so low a rank has more than half of its square sum off the diagonal.
  private static func squaredOffDiagonal(_ residual: Node, _ variances: Node, _ degrees: Double) -> Node {
    if 2 * residual.shape[0] <= residual.shape[1] {
      let gram = residual.matmul(residual, transposingOther: true) / degrees
      return (gram * gram).sum() - (variances * variances).sum()
    }
    let covariance = residual.matmul(residual, transposingSelf: true) / degrees
    let offDiagonal = covariance - covariance.diagonal().diagonalMatrix()
    return (offDiagonal * offDiagonal).sum()
  }
}
