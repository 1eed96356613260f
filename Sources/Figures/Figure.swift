/// One line of a plot.
public struct Curve: Sendable {
  public let title: String
  public let points: [(x: Double, y: Double)]

  public init(title: String, points: [(x: Double, y: Double)]) {
    self.title = title
    self.points = points
  }

  /// Without the points that are no numbers, where the line has a gap.
  var finite: [(x: Double, y: Double)] { points.filter { $0.x.isFinite && $0.y.isFinite } }
}

/// What a plot shows, apart from where it is drawn: `text` draws it in characters, `Gnuplot` into a file or as SVG.
public struct Figure: Sendable {
  public let horizontal: String
  public let curves: [Curve]
  /// The vertical axis, where panels that are compared must share one.
  public var vertical: Extent?

  public init(horizontal: String, curves: [Curve], vertical: Extent? = nil) {
    self.horizontal = horizontal
    self.curves = curves
    self.vertical = vertical
  }

  /// The ends of an axis; a single value gets some room around it.
  public struct Extent: Sendable {
    let low: Double
    let high: Double

    init(_ values: [Double]) {
      let least = values.min() ?? 0
      let most = values.max() ?? 1
      let room = least == most ? max(abs(least) * 0.05, 0.5) : 0
      low = least - room
      high = most + room
    }

    /// The place of a value in 0…1.
    func share(_ value: Double) -> Double {
      // In halves: the extent of ±1e308 is more than a number holds.
      let share = (value / 2 - low / 2) / (high / 2 - low / 2)
      return share.isFinite ? min(max(share, 0), 1) : 0.5
    }
  }

  public var x: Extent { Extent(curves.flatMap { $0.finite.map(\.x) }) }
  public var y: Extent { vertical ?? Extent(curves.flatMap { $0.finite.map(\.y) }) }
}
