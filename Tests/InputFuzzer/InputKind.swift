import TestSupport

/// A reader of something that others wrote, and inputs for it.
protocol InputKind: AnyObject {
  static var name: String { get }
  /// Of a thousand inputs, so many are of this kind.
  static var share: Int { get }
  init(folder: String) throws

  /// Makes an input: sound ones, sound ones with damage, and nonsense.
  func make(_ random: inout SplitMix64) -> [UInt8]

  /// Reads an input. It may be refused; it may not trap, hang, or take memory without bound.
  ///
  /// - Returns: whether it was taken.
  /// - Throws: when it was read wrongly.
  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool
}

/// An answer that cannot be right.
struct WrongAnswer: Error {
  let words: String
  init(_ words: String) { self.words = words }
}
