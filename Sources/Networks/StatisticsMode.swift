/// What batch norm normalises with.
public enum StatisticsMode: Hashable, Sendable {
  /// The moments of the batch itself.
  case training
  /// The running mean and variance.
  case evaluation
}
