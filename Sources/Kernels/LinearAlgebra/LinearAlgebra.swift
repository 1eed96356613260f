import COpenBLAS

/// Decompositions through LAPACK (Anderson et al., LAPACK Users' Guide, 1999), on row-major float32 arrays.
///
/// LAPACK reads column by column, so it sees the transpose of what it is given; each function says how that is used or undone.
/// A failure (a matrix that is not positive definite, a singular one, no convergence) fills the output with NaN.
public enum LinearAlgebra {
  private static let isPrepared: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// Keeps OpenBLAS on one thread: the pool splits the work around it.
  public static func prepare() { _ = isPrepared }
}
