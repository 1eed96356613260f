import Graph

extension GradientCheck {
  /// Float32 decompositions: the quotients are good to three digits.
  static let linearAlgebra: [GradientCheck] = [
    GradientCheck("eigenvalues", [.positiveDefinite(4)], tolerance: 5e-3) { $1[0].eigenvalues() },
    GradientCheck("eigenvectors", [.positiveDefinite(4)], tolerance: 1e-2) { $1[0].eigenvectors() },
    GradientCheck("singularValues", [.normal([5, 3])], tolerance: 5e-3) { $1[0].singularValues() },
    GradientCheck("singularValues", [.normal([3, 5])], tolerance: 5e-3) { $1[0].singularValues() },
    GradientCheck("singularVectors", [.normal([5, 3])], tolerance: 1e-2) { $1[0].singularVectors() },
    GradientCheck("singularVectors", [.normal([3, 5])], tolerance: 1e-2) { $1[0].singularVectors() },
    GradientCheck("cholesky", [.positiveDefinite(4)]) { $1[0].cholesky() },
    GradientCheck("solve", [.positiveDefinite(4), .normal([4, 3])]) { $1[0].solve($1[1]) },
    GradientCheck("solve", [.positiveDefinite(4), .normal([4])]) { $1[0].solve($1[1]) },
    GradientCheck("logDeterminant", [.positiveDefinite(4)]) { $1[0].logDeterminant() }
  ]
}
