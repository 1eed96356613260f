/// A stream of random numbers that is a pure function of (seed, stream, index): Philox4x32-10 (Salmon et al., SC 2011).
///
/// Being counter-based, a stream gives the same numbers however many threads draw from it and whatever else was drawn before;
/// `reset` is only setting counters back. Streams are told apart by name (`"init/encoder/0"`, `"order"`, `"augment"`, `"Zn"` …), so two
/// runs that differ in one setting share all the others.
public struct RandomStream: Hashable, Sendable {
  public let key: UInt64

  /// The stream called `name` of `seed`.
  public init(seed: UInt64, name: String) {
    // FNV-1a of the name, mixed with the seed by SplitMix64's finaliser: stable across versions and machines, unlike `Hasher`.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    key = RandomStream.mixed(hash ^ RandomStream.mixed(seed &+ 0x9e37_79b9_7f4a_7c15))
  }

  private init(key: UInt64) { self.key = key }

  /// A stream of its own for each index (an epoch, an image, a view).
  public func substream(_ index: Int) -> RandomStream {
    RandomStream(key: RandomStream.mixed(key ^ RandomStream.mixed(UInt64(bitPattern: Int64(index)) &+ 0x632b_e59b_d9b4_e019)))
  }

  /// Four independent 32-bit words for one 64-bit counter and one 64-bit step.
  @inline(__always)
  public func words(at counter: UInt64, step: UInt64 = 0) -> SIMD4<UInt32> {
    var c0 = UInt32(truncatingIfNeeded: counter)
    var c1 = UInt32(truncatingIfNeeded: counter >> 32)
    var c2 = UInt32(truncatingIfNeeded: step)
    var c3 = UInt32(truncatingIfNeeded: step >> 32)
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let p0 = UInt64(0xD251_1F53) &* UInt64(c0)
      let p1 = UInt64(0xCD9E_8D57) &* UInt64(c2)
      let n0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
      let n2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
      c1 = UInt32(truncatingIfNeeded: p1)
      c3 = UInt32(truncatingIfNeeded: p0)
      c0 = n0
      c2 = n2
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  /// A uniform number in [0, 1) with 24 bits, as float32 holds.
  @inline(__always)
  public static func unit(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
