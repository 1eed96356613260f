/// The moments of a result: Σd and Σd² of d = y − guess, where a part's guess is the mean of its first numbers (see
/// `ChannelSums.moments`).
struct MomentTally: ResultTally {
  private var sums: TallySums
  private var guess = Lanes()

  init(_ totals: ChannelTotals) { sums = TallySums(totals) }

  private var totals: ChannelTotals { sums.totals }

  @inline(__always)
  func part(_ part: Int) -> Self {
    var tally = self
    tally.sums = sums.part(part)
    return tally
  }

  @inline(__always)
  func channels(from channel: Int) -> Self {
    var tally = self
    tally.sums = sums.channels(from: channel)
    tally.guess = (totals.guesses(sums.part) + channel).load(Lanes.self)
    return tally
  }

  @inline(__always)
  mutating func add(_ numbers: Lanes, at index: Int) {
    let distance = numbers - guess
    sums.first += distance
    sums.second.addProduct(distance, distance)
  }

  @inline(__always)
  func keep() { sums.keep() }

  /// Where a thread's numbers of some channels on end are added up: Σd, Σd², and the guess.
  struct Columns {
    let sums: UnsafeMutablePointer<Double>
    let squares: UnsafeMutablePointer<Double>
    let guess: UnsafePointer<Float>
  }

  func columns(from channel: Int) -> Columns {
    let first = totals.sums(sums.part) + channel
    return Columns(sums: first, squares: first + totals.channels, guess: UnsafePointer(totals.guesses(sums.part) + channel))
  }

  @discardableResult
  func beginsAnew(_ channels: Range<Int>, after pixels: Int) -> Bool {
    let (sums, guess) = (totals.sums(sums.part), totals.guesses(sums.part))
    for channel in channels {
      guess[channel] = Float(sums[channel] / Double(pixels))
      (sums[channel], sums[totals.channels + channel]) = (0, 0)
    }
    return true
  }

  @inline(__always)
  var beside: UnsafePointer<Float>? { nil }

  /// `moments` [2, C] ← mean and biased variance.
  ///
  ///     mean = Σ_p (n_p·guess_p + Σd) / n        variance = Σ_p (Σd² − 2·δ_p·Σd + n_p·δ_p²) / n,   δ_p = mean − guess_p
  ///
  /// - Parameter pixels: n_p, how many numbers of a channel each part has gone through.
  func finish(parts: Int, pixels: (_ part: Int) -> Int, into moments: UnsafeMutablePointer<Float>) {
    var count = 0.0
    for part in 0..<parts { count += Double(pixels(part)) }
    for channel in 0..<totals.channels {
      var total = 0.0
      for part in 0..<parts { total += Double(pixels(part)) * Double(totals.guesses(part)[channel]) + totals.sums(part)[channel] }
      let mean = total / count
      var squares = 0.0
      for part in 0..<parts {
        let (sums, distance) = (totals.sums(part), mean - Double(totals.guesses(part)[channel]))
        squares += sums[totals.channels + channel] - 2 * distance * sums[channel] + Double(pixels(part)) * distance * distance
      }
      moments[channel] = Float(mean)
      moments[totals.channels + channel] = Float(ChannelSums.notNegative(squares / count))
    }
  }
}
