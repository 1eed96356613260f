/// What a plot shows, apart from where it is drawn: `text` draws it in characters, `Gnuplot` into a file or as SVG.
public struct Figure: Sendable {
  /// One under the other.
  public var panels: [Panel]
  /// What a reader should know of it: what is not shown, or how much of it.
  public var notes: [String]

  public init(_ panels: [Panel], notes: [String] = []) {
    self.panels = panels
    self.notes = notes
  }

  /// What a picture of it does not say by itself: only characters leave no room for what the axis upwards measures.
  public var notesBesidePicture: [String] { notes.filter { note in !panels.contains { note == "upwards: " + $0.y.label } } }

  /// Whether there is anything to draw.
  public var isEmpty: Bool { panels.allSatisfy(\.isEmpty) }

  /// Panels of curves over one axis have it in common, with its numbers under the last alone.
  var sharedRange: AxisRange? {
    guard panels.count > 1, let first = panels.first, panels.allSatisfy({ $0.x == first.x && $0.curves != nil }) else { return nil }
    return AxisRange(panels.flatMap { $0.curves ?? [] }.flatMap { $0.points.map(\.x) }, first.x.scale)
  }
}

/// One pair of axes and what stands between them.
public struct Panel: Sendable {
  public enum Content: Sendable {
    case curves([Curve])
    case bars(Histogram)
    case points([PointGroup])
    case matrix(HeatMap)
    case picture(Picture)
  }

  public var title: String
  public var x: PlotAxis
  public var y: PlotAxis
  public var content: Content

  public init(title: String = "", x: PlotAxis = PlotAxis(""), y: PlotAxis = PlotAxis(""), _ content: Content) {
    self.title = title
    self.x = x
    self.y = y
    self.content = content
  }

  var curves: [Curve]? { if case .curves(let curves) = content { curves } else { nil } }

  /// Of several panels one may be empty, and says so.
  var isEmpty: Bool {
    switch content {
    case .curves(let curves): !curves.contains { $0.points.contains { x.shows($0.x) && y.shows($0.y) } }
    case .bars(let histogram): histogram.counts.isEmpty
    case .points(let groups): !groups.contains { $0.points.contains { x.shows($0.x) && y.shows($0.y) } }
    case .matrix(let map): map.range == nil
    case .picture(let picture): picture.pixels.isEmpty
    }
  }
}

/// What an axis measures, and how.
public struct PlotAxis: Sendable, Hashable {
  public enum Scale: String, Sendable, CaseIterable { case linear, log }

  public var label: String
  public var scale: Scale

  public init(_ label: String, _ scale: Scale = .linear) {
    self.label = label
    self.scale = scale
  }

  /// Whether a value has a place on it: a logarithm is of positive numbers.
  func shows(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }
}
