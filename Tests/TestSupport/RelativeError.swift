/// The largest difference, against the largest magnitude of `expected`.
public func relativeError(_ values: [Float], _ expected: [Float]) -> Float {
  guard values.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let worst = zip(values, expected).map { abs($0 - $1) }.max() ?? 0
  return worst.isNaN ? .infinity : worst / max(scale, 1e-6)
}
