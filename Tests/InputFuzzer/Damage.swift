import TestSupport

extension SplitMix64 {
  private static let bytes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x0A, 0x20, 0x22, 0x28, 0x29, 0x5C]

  /// Some bytes of `input` changed, cut out, doubled, or taken from `other`.
  mutating func damaged(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0..<pick([1, 1, 2, 4, 12]) { damage(&bytes, other) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8], _ other: [UInt8]) {
    guard !bytes.isEmpty else { return bytes = other }
    let place = integer(0...bytes.count - 1)
    let end = min(bytes.count, place + pick([1, 2, 4, 16, 200]))
    switch integer(0...7) {
    case 0: bytes[place] ^= 1 << UInt8(integer(0...7))
    case 1: bytes[place] = pick(Self.bytes)
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 4: bytes.removeSubrange(place...)
    case 5:
      guard !other.isEmpty else { return }
      let start = integer(0...other.count - 1)
      bytes.insert(contentsOf: other[start..<min(other.count, start + end - place)], at: place)
    case 6:
      // A number where one stands, larger than what counts it.
      let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }.count
      let number = pick(["0", "1", "4294967295", "9223372036854775807", "18446744073709551616", "1e999", "-1", "00", "2147483648"])
      bytes.replaceSubrange(place..<place + digits, with: Array(number.utf8))
    default:
      guard chance(0.05) else { return bytes[place] = UInt8(truncatingIfNeeded: next()) }
      // Deep or long.
      bytes.insert(contentsOf: Array(repeatElement(bytes[place..<end], count: pick([100, 2_000])).joined()), at: place)
    }
  }
}
