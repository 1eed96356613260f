import Glibc

extension NumberText {
  /// So many digits behind the point, as in a column of numbers: `0.50`.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return short(value) }
    let scale = pow(10, Double(min(max(decimals, 0), 15)))
    let whole = (abs(value) * scale).rounded()
    let digits = String(Int64(min(whole, 9e18)))
    let places = min(max(decimals, 0), 15)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = value < 0 && whole != 0 ? "-" : ""
    return places == 0 ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
