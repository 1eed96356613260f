/// Every primitive there is but `SideResult`, which is made when all derivatives are there: what the table of gradient checks is held against.
public enum AllPrimitives {
  /// The names, each once.
  public static let names: [String] = types.map { $0.name }

  static let types: [any Primitive.Type] = elementwise + arrangement + rows + linearAlgebra + network + random

  private static let elementwise: [any Primitive.Type] = [
    Unary<Negation>.self, Unary<Exponential>.self, Unary<Logarithm>.self, Unary<SquareRoot>.self, Unary<AbsoluteValue>.self,
    Unary<Rectifier>.self, Unary<HyperbolicTangent>.self, Unary<Cosine>.self, Unary<Sine>.self, Unary<Sign>.self,
    Unary<Positive>.self, Unary<EntropyTerm>.self,
    Binary<Addition>.self, Binary<Subtraction>.self, Binary<Multiplication>.self, Binary<Division>.self, Binary<Power>.self,
    Binary<Maximum>.self, Binary<Minimum>.self, Binary<Gate>.self, Binary<Less>.self, Binary<LessOrEqual>.self, Binary<Equal>.self
  ]

  private static let arrangement: [any Primitive.Type] = [
    Broadcast.self, Reshape.self, Transpose.self, LastAxesSwap.self, Slice.self, Pad.self, Concatenate.self, GatherRows.self, ScatterRows.self,
    Diagonal.self, DiagonalMatrix.self, StopGradient.self
  ]

  private static let rows: [any Primitive.Type] = [
    Reduction<Sum>.self, Reduction<Largest>.self, Reduction<Smallest>.self, Matmul.self, NormalizedRows.self, RowNorms.self,
    SoftmaxRows.self, LogSumExpRows.self
  ]

  private static let linearAlgebra: [any Primitive.Type] = [
    Eigenvalues.self, Eigenvectors.self, SingularValues.self, SingularVectors.self, Cholesky.self, LowerTriangle.self,
    Solve.self, LogDeterminant.self
  ]

  private static let network: [any Primitive.Type] = [
    Convolution2D.self, Convolution2DInputGradient.self, Convolution2DWeightGradient.self, ChannelMoments.self,
    BatchNormalization.self, BatchNormGradientSums.self, BatchNormInputGradient.self, BatchNormEvaluation.self,
    GlobalAverage.self, GlobalAverageGradient.self
  ]

  private static let random: [any Primitive.Type] = [Normal.self, Uniform.self]
}
