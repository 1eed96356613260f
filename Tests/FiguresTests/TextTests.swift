import Figures
import SourceText
import Testing

/// Figures in characters.
struct TextTests {
  typealias Points = [(x: Double, y: Double)]
  static let wave: Points = (0..<3000).map { (index: Int) in
    let height: Int = (index * 37) % 101
    return (x: Double(index), y: Double(height) / 50 - 1)
  }

  private static func curves(_ curves: [Curve], _ x: PlotAxis.Scale = .linear, _ y: PlotAxis.Scale = .linear) -> Panel {
    Panel(x: PlotAxis("step", x), y: PlotAxis("mo", y), .curves(curves))
  }

  static let figures: [String: Figure] = {
    let growing: Points = wave.map { (x: $0.x, y: $0.x * $0.y) }
    let names: [String] = (1...30).map { "run \($0) with a long, long name 日本" }
    let groups: [PointGroup] = (0..<60).map { PointGroup(title: "class \($0)", points: [(x: Double($0), y: 1), (x: 2, y: 3)]) }
    let entries: [Double] = (0..<18_000).map { Double($0 % 77) - 20 }
    let row: [Double] = (0..<300).map { Double($0) }
    let logarithms = [curves([Curve(title: "mo", points: wave)], .log, .log), curves([Curve(title: "mr", points: wave)], .log)]
    return [
      "one": Figure([curves([Curve(title: "mo", points: wave)])]),
      "several": Figure([curves(names.map { Curve(title: $0, points: growing) })]),
      "log": Figure(logarithms),
      "single": Figure([curves([Curve(title: "mo", points: [(x: 3, y: 4)])])]),
      "bars": Figure([Panel(x: PlotAxis("x"), y: PlotAxis("count"), .bars(Histogram(wave.map(\.y))))]),
      "points": Figure([Panel(title: "e", x: PlotAxis("1"), y: PlotAxis("2"), .points(groups))]),
      "matrix": Figure([Panel(title: "m", .matrix(HeatMap(rows: 200, columns: 90, values: entries)))]),
      "vector": Figure([Panel(title: "m", .matrix(HeatMap(rows: 1, columns: 300, values: row)))]),
      "picture": Figure([Panel(title: "p", .picture(Picture(width: 200, height: 33, filledWith: .init(200, 30, 9))))])
    ]
  }()

  /// No line is wider than the window, at any width, in any alphabet, with colours or without.
  @Test(arguments: Array(figures.keys).sorted()) func fits(_ name: String) throws {
    let figure = try #require(Self.figures[name])
    for columns in [8, 12, 20, 39, 40, 79, 200] {
      for (isASCII, colors) in [(false, ColorDepth.none), (true, .none), (false, .palette), (false, .full)] {
        let text = figure.text(in: FigureSpace(columns: columns, rows: 8, isASCII: isASCII, colors: colors))
        for line in text.split(separator: "\n") {
          let plain = String(line).replacing(/\u{1B}\[[0-9;]*m/, with: "")
          #expect(DisplayText.width(of: plain) <= columns, "\(columns): \(plain)")
          #expect(colors != .none || plain == line)
          if isASCII && name != "several" { #expect(plain.utf8.allSatisfy { $0 >= 32 && $0 < 127 }, "\(plain)") }
        }
      }
    }
  }

  @Test func looksLikeThis() {
    let line = Figure([Self.curves([Curve(title: "mo", points: (0...10).map { (Double($0), Double($0)) })])])
    let text = line.text(columns: 40, rows: 6, ascii: false)
    #expect(text.contains("┤") && text.contains("└") && text.contains("┬") && text.hasPrefix("mo\n") && text.hasSuffix("step"))
  }

  @Test func severalCurvesAreToldApart() {
    let rising = Curve(title: "up", points: (0...40).map { (Double($0), Double($0)) })
    let falling = Curve(title: "down", points: (0...40).map { (Double($0), 40 - Double($0)) })
    let figure = Figure([Self.curves([rising, falling])])
    for isASCII in [true, false] {
      let lines = figure.text(columns: 50, rows: 8, ascii: isASCII).split(separator: "\n").map(String.init)
      #expect(lines[1] == "a up   b down")
      let body = lines[2...9]
      #expect(body.filter { $0.contains("a") }.count >= 2 && body.filter { $0.contains("b") }.count >= 2)
    }
    // Two that run together take turns.
    let twice = Figure([Self.curves([rising, Curve(title: "again", points: rising.points)])]).text(columns: 50, rows: 8, ascii: true)
    #expect(twice.split(separator: "\n").dropFirst(2).joined().contains("abab"))
  }

  /// A single step of thousands is in the picture: nothing is sampled away.
  @Test func noPeakIsLost() {
    var points = (0..<100_000).map { (x: Double($0), y: 0.0) }
    points[77_777].y = 1
    let text = Figure([Self.curves([Curve(title: "mo", points: points)])]).text(columns: 60, rows: 8, ascii: true).split(separator: "\n")
    #expect(text[1].contains("*"))
    let thin = Curve(title: "mo", points: points).thinned(to: 100, over: AxisRange(points.map(\.x), .linear))
    #expect(thin.points.count <= 404 && thin.points.contains { $0.y == 1 } && thin.points.first?.x == 0 && thin.points.last?.x == 99_999)
    points[50_000].y = .nan
    let gap = Curve(title: "mo", points: points).thinned(to: 100, over: AxisRange(points.map(\.x), .linear))
    #expect(gap.points.filter { $0.y.isNaN }.count == 1)
  }

  @Test func whatCannotBeShownIsTold() {
    let gaps = Curve(title: "mo", points: [(0, 1), (1, .nan), (2, 3), (3, .infinity), (4, 1)])
    let text = Figure([Self.curves([gaps])]).text(columns: 60, rows: 6, ascii: true)
    #expect(text.hasSuffix("2 of 5 values are no numbers"))
    // Points without a neighbour stand alone; nothing joins them over a gap.
    #expect(text.split(separator: "\n")[1...6].joined().filter { $0 == "*" }.count == 3)
    #expect(
      Figure([Self.curves([Curve(title: "mo", points: [(0, .nan)])])]).text(columns: 60, rows: 6, ascii: true).hasPrefix(
        "nothing to plot: no value is a number"))
    #expect(
      Figure([Self.curves([Curve(title: "mo", points: [(0, -1)])], .linear, .log)]).text(columns: 60, rows: 6, ascii: true).contains(
        "no value is above 0"))
    #expect(Figure([]).text(columns: 60, rows: 6, ascii: true).contains("nothing to plot"))
  }

  @Test func matricesAreAveragedToFit() {
    let map = HeatMap(rows: 4, columns: 6, values: (0..<24).map(Double.init)).averaged(toRows: 2, columns: 3)
    #expect(map.values == [3.5, 5.5, 7.5, 15.5, 17.5, 19.5] && map.original?.rows == 4)
    let text = Figure([Panel(title: "m", .matrix(HeatMap(rows: 2, columns: 2, values: [0, 1, 1, 0])))]).text(columns: 40, rows: 8, ascii: true)
    #expect(text == "m\n  @@\n@@  \n0 [  ..::--==++**##%%@@] 1\n2 x 2 entries")
  }

  @Test func coloursOfPictures() {
    var picture = Picture(width: 1, height: 2)
    picture[0, 0] = .init(255, 0, 0)
    picture[0, 1] = .init(0, 0, 255)
    let figure = Figure([Panel(.picture(picture))])
    #expect(figure.text(in: FigureSpace(columns: 20, rows: 8, colors: .full)) == "\u{1B}[38;2;255;0;0m\u{1B}[48;2;0;0;255m▀\u{1B}[0m")
    #expect(figure.text(in: FigureSpace(columns: 20, rows: 8, colors: .palette)) == "\u{1B}[38;5;196m\u{1B}[48;5;21m▀\u{1B}[0m")
    #expect(figure.text(columns: 20, rows: 8, ascii: true) == ":")
  }

  @Test func histogramsCountEverything() {
    let histogram = Histogram([0, 1, 2, 3, 4, .nan], bins: 4)
    #expect(histogram.counts == [1, 1, 1, 2] && histogram.left == 1 && histogram.edges == [0, 1, 2, 3, 4])
    #expect(Histogram([7, 7, 7]).counts == [3] && Histogram([]).counts == [])
    let merged = Histogram((0..<100).map(Double.init), bins: 50).merged(to: 20)
    #expect(merged.counts.count == 17 && merged.counts.reduce(0, +) == 100)
    #expect(Histogram((0..<100_000).map { Double(($0 * 7919) % 100_003) }).counts.count == 47)
  }
}
