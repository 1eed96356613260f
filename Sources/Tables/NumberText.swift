import Glibc

/// How numbers are written, everywhere in Siam.
public enum NumberText {
  /// For people: six significant digits (whole numbers have all of theirs), no trailing zeros (`0.6`, `1`, `-0.5`, `1e-05`, `nan`, `-inf`). A negative zero is `0`.
  public static func display(_ value: Double) -> String { text(value, digits: 6) }

  /// For programs: nine significant digits, enough for any float32.
  public static func data(_ value: Double) -> String { text(value, digits: 9) }

  /// All digits that tell the number from its neighbours in double precision, and no more.
  public static func exact(_ value: Double) -> String {
    if value == 0 { return "0" }
    if abs(value) < 1e15, let whole = Int(exactly: value) { return String(whole) }
    return "\(value)"
  }

  /// For JSON, which has no word for NaN and ±∞: they are `null`.
  public static func json(_ value: Double) -> String { value.isFinite ? data(value) : "null" }

  static func text(_ value: Double, digits: Int32) -> String {
    if value == 0 { return "0" }
    // A whole number is a count or a sum of counts: all of its digits are meant, as far as double precision has them.
    if abs(value) < 1e15, let whole = Int(exactly: value) { return String(whole) }
    if value.isNaN { return "nan" }
    // A sign, the digits, a point and `e-308` always fit.
    var buffer = [CChar](repeating: 0, count: 32)
    let count = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    // The C library writes the decimal point of the user's locale.
    let bytes = buffer.prefix(Int(count)).map { $0 == CChar(UInt8(ascii: ",")) ? UInt8(ascii: ".") : UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
