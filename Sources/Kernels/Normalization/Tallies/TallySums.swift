/// Two sums of 16 channels in registers, on their way to a thread's totals: what a tally adds to and keeps.
struct TallySums {
  let totals: ChannelTotals
  private(set) var part = 0
  private var channel = 0
  var first = Lanes()
  var second = Lanes()

  init(_ totals: ChannelTotals) { self.totals = totals }

  /// Of thread number `part`.
  @inline(__always)
  func part(_ part: Int) -> Self {
    var sums = self
    sums.part = part
    return sums
  }

  /// Of the 16 channels from `channel` on, empty.
  @inline(__always)
  func channels(from channel: Int) -> Self {
    var sums = self
    sums.channel = channel
    (sums.first, sums.second) = (Lanes(repeating: 0), Lanes(repeating: 0))
    return sums
  }

  @inline(__always)
  func keep() { totals.add(first, second, channel: channel, part: part) }
}
