/// One line of a plot.
public struct Curve: Sendable {
  public let title: String
  /// In the order in which they are joined; what is no number is a gap.
  public let points: [(x: Double, y: Double)]
  /// Whether each point is shown besides the line through them.
  public let isMarked: Bool

  public init(title: String, points: [(x: Double, y: Double)], isMarked: Bool = false) {
    self.title = title
    self.points = points
    self.isMarked = isMarked
  }

  /// With four points for each of `columns` stretches of the horizontal axis at most, the first, the least, the greatest and the last, so that no peak
  /// is lost; a gap stays one.
  public func thinned(to columns: Int, over range: AxisRange) -> Curve {
    guard points.count > 4 * columns else { return self }
    var kept: [(x: Double, y: Double)] = []
    var bucket: [(x: Double, y: Double)] = []
    var place: Int?
    func flush() {
      guard let first = bucket.indices.first, let last = bucket.indices.last,
        let least = bucket.indices.min(by: { bucket[$0].y < bucket[$1].y }), let most = bucket.indices.max(by: { bucket[$0].y < bucket[$1].y })
      else { return }
      kept += Set([first, least, most, last]).sorted().map { bucket[$0] }
      bucket = []
    }
    for point in points {
      let here = point.y.isFinite ? range.share(point.x).map { Int($0 * Double(columns)) } : nil
      if here != place || here == nil { flush() }
      place = here
      if here == nil {
        // One gap is as good as many.
        if kept.last?.y.isFinite == true { kept.append((point.x, .nan)) }
      } else {
        bucket.append(point)
      }
    }
    flush()
    return Curve(title: title, points: kept, isMarked: isMarked)
  }
}

/// Points of one kind, which share a colour or a letter.
public struct PointGroup: Sendable {
  public let title: String
  public let points: [(x: Double, y: Double)]

  public init(title: String, points: [(x: Double, y: Double)]) {
    self.title = title
    self.points = points
  }
}
