/// The 64-bit FNV-1a hash of a data set's bytes: the same for the same images and labels in the same order on every machine, so that a
/// recorded run can say what it was trained on. It tells data sets apart; it does not resist someone who wants two to collide.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  init() {}

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { add($0) }
  }

  mutating func add(_ split: ImageSplit) {
    for number in [split.count, split.shape.channels, split.shape.height, split.shape.width] { add(number) }
    split.pixels.withUnsafeBufferPointer { add($0) }
    for label in split.labels { add(Int(label)) }
  }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
