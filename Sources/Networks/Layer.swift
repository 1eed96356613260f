/// One layer of a head, as the paper writes it: `fc 512 + bn + relu + fc 2048`.
public enum Layer: Hashable, Sendable {
  /// `fc`: x·Wᵀ (+ b), [M, I] → [M, width].
  case linear(width: Int, bias: Bool)
  /// `tanh(fc)` of Table 5: a linear layer without bias whose weight becomes tanh(weight) after every step.
  case tanhLinear(width: Int)
  /// `bn`: per-dimension batch normalisation; `affine`: with a trained scale and shift.
  case batchNorm(affine: Bool)
  case relu
  /// Rows scaled to unit length.
  case l2
  /// A trained vector added to every row: Table 5's single-bias predictor. It starts at zero.
  case bias
  case identity
}
