/// Decompositions through LAPACK (Anderson et al., LAPACK Users' Guide, 1999), on row-major float32 arrays, on the calling thread.
///
/// LAPACK reads column by column, so it sees the transpose of what it is given; each function says how that is used or undone.
/// A failure (a matrix that is not positive definite, a singular one, no convergence) fills the output with NaN.
public enum LinearAlgebra {}
