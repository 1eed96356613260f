extension NumberText {
  /// Four significant digits, for numbers that are read side by side: `0.06251`, `2.1e-05`.
  public static func short(_ value: Double) -> String { text(value, digits: 4) }
}
