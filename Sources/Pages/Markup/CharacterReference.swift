/// What stands between `&` and `;`.
enum CharacterReference {
  /// `lt`, `#60`, `#x3C`; nil for one that there is not.
  static func text(for reference: String) -> String? {
    if let known = named[reference] { return known }
    guard reference.first == "#" else { return nil }
    let digits = reference.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let number = isHexadecimal ? digits.dropFirst() : digits
    guard !number.isEmpty, number.allSatisfy(\.isHexDigit), let value = UInt32(number, radix: isHexadecimal ? 16 : 10), value != 0 else { return nil }
    return Unicode.Scalar(value).map(String.init)
  }

  private static let named = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
}
