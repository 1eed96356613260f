import Foundation

/// A figure in gnuplot's language.
struct GnuplotScript {
  enum Terminal: String {
    case svg, png, pdf

    // Not enhanced: the name of a run has no markup, and `a_b` is no subscript.
    func command(width: Int, height: Int) -> String {
      switch self {
      case .svg: "svg noenhanced size \(width),\(height)"
      case .png: "pngcairo noenhanced size \(width * 3 / 2),\(height * 3 / 2) fontscale 1.5 pointscale 1.5 linewidth 1.5"
      case .pdf: "pdfcairo noenhanced size \(Double(width) / 144)in,\(Double(height) / 144)in"
      }
    }
  }

  /// Points of a curve in each of so many stretches: more than a picture resolves.
  private static let columns = 1000
  private static let matrixSide = 512
  private static let pointForms = [7, 5, 9, 13, 11, 6, 4, 8, 12, 10]

  private let figure: Figure
  private(set) var text = ""

  init(_ figure: Figure, _ terminal: Terminal, output: String) {
    self.figure = figure
    let heights = figure.panels.map(Self.height)
    let height = heights.reduce(0, +)
    add("set encoding utf8")
    add("set terminal " + terminal.command(width: 720, height: height))
    add("set output \(Self.quoted(output))")
    add("set grid")
    addKey()
    let isSingle = figure.panels.count == 1
    if !isSingle { add("set multiplot") }
    var top = 1.0
    for (index, panel) in figure.panels.enumerated() {
      let share = Double(heights[index]) / Double(height)
      top -= share
      if !isSingle { add("set origin 0,\(max(0, top)); set size 1,\(share)") }
      add(panel, index)
    }
    if !isSingle { add("unset multiplot") }
  }

  private mutating func add(_ line: String) { text += line + "\n" }

  /// The legend stands at the right, where panels leave the same room for it, or above the curves when its names are long.
  private mutating func addKey() {
    let longest = figure.panels.map(\.longestTitle).max() ?? 0
    if longest > 28 {
      add("set key tmargin left vertical maxcols 1 Left reverse")
    } else {
      add("set key outside right top Left reverse")
      if figure.panels.count > 1 { add("set rmargin \(longest == 0 ? 4 : longest + 10)") }
    }
    if figure.panels.count > 1 { add("set lmargin 12") }
  }

  private static func height(of panel: Panel) -> Int {
    switch panel.content {
    case .picture(let picture): min(1600, max(160, 640 * picture.height / max(1, picture.width) + 60))
    case .matrix, .points: 540
    case .curves, .bars: 432
    }
  }

  private mutating func add(_ panel: Panel, _ index: Int) {
    add("unset logscale; set autoscale; unset xrange; unset yrange; set xtics; set ytics; set border; set size ratio 0; unset colorbox")
    add("set title \(Self.quoted(panel.title))")
    add("set xlabel \(Self.quoted(panel.x.label))")
    add("set ylabel \(Self.quoted(panel.y.label))")
    for (name, axis) in [("x", panel.x), ("y", panel.y)] {
      add(axis.scale == .log ? "set logscale \(name); set format \(name) '%g'" : "set format \(name) '%h'")
    }
    guard !panel.isEmpty else { return addEmpty() }
    switch panel.content {
    case .curves(let curves): add(curves, panel, index)
    case .points(let groups): add(groups, panel, index)
    case .bars(let histogram): add(histogram, panel, index)
    case .matrix(let map): add(map.averaged(toRows: Self.matrixSide, columns: Self.matrixSide), index)
    case .picture(let picture): add(picture, index)
    }
  }

  /// Axes without anything between them, and why.
  private mutating func addEmpty() {
    add("unset logscale; set xrange [0:1]; set yrange [0:1]; set label 1 'no value to plot' at graph 0.5,0.5 center")
    add("plot NaN notitle")
    add("unset label 1")
  }

  private mutating func add(_ curves: [Curve], _ panel: Panel, _ index: Int) {
    let range = figure.sharedRange ?? AxisRange(curves.flatMap { $0.points.map(\.x) }, panel.x.scale)
    add("set xrange [\(range.low):\(range.high)]")
    let y = AxisRange(curves.flatMap { $0.points.map(\.y) }, panel.y.scale)
    if !curves.contains(where: { Set($0.points.map(\.y)).count > 1 }) { add("set yrange [\(y.low):\(y.high)]") }
    var parts: [String] = []
    for (number, curve) in curves.enumerated() {
      let points = curve.thinned(to: Self.columns, over: range).points
      addData("curve\(index)_\(number)", points.map { panel.x.shows($0.x) && panel.y.shows($0.y) ? "\($0.x) \($0.y)" : "" })
      let color = "lc rgb '\(SeriesColor.pixel(number).hex)'"
      // A line needs two points.
      let style = curve.isMarked || points.count < 30 ? "linespoints lw 2 pt 7 ps 0.4" : "lines lw 2"
      let title = curves.count == 1 && curve.title == panel.y.label ? "notitle" : "title \(Self.quoted(curve.title))"
      parts.append("$curve\(index)_\(number) using 1:2 with \(style) \(color) \(title)")
    }
    add("plot " + parts.joined(separator: ", "))
  }

  private mutating func add(_ groups: [PointGroup], _ panel: Panel, _ index: Int) {
    // As large as their number leaves room for.
    let count = groups.map(\.points.count).reduce(0, +)
    let size = count < 400 ? 1.3 : count < 2000 ? 1.0 : 0.7
    let shown = groups.enumerated().filter { $0.element.points.contains { panel.x.shows($0.x) && panel.y.shows($0.y) } }
    var parts: [String] = []
    for (number, group) in shown {
      addData("points\(index)_\(number)", group.points.filter { panel.x.shows($0.x) && panel.y.shows($0.y) }.map { "\($0.x) \($0.y)" })
      let title = groups.count == 1 ? "notitle" : "title \(Self.quoted(group.title))"
      // Full disc, square, triangles and diamond, then the same open: neighbours in the list differ in form as well as in colour.
      let form = Self.pointForms[number % Self.pointForms.count]
      parts.append("$points\(index)_\(number) using 1:2 with points pt \(form) ps \(size) lw 1.5 lc rgb '\(SeriesColor.pixel(number).hex)' \(title)")
    }
    add("plot " + parts.joined(separator: ", "))
  }

  private mutating func add(_ histogram: Histogram, _ panel: Panel, _ index: Int) {
    add("set xrange [\(histogram.low):\(histogram.high)]")
    add(panel.y.scale == .log ? "set yrange [0.5:*]" : "set yrange [0:*]")
    let width = (histogram.high - histogram.low) / Double(histogram.counts.count)
    addData("bars\(index)", zip(histogram.edges, histogram.counts).map { "\($0 + width / 2) \($1)" })
    add("set boxwidth \(width); set style fill solid 0.7 border")
    add("plot $bars\(index) using 1:2 with boxes lc rgb '\(SeriesColor.pixel(0).hex)' notitle")
  }

  private mutating func add(_ map: HeatMap, _ index: Int) {
    let scale = map.scale
    let stops = map.isSigned ? ColorMap.signedStops : ColorMap.plainStops
    add("set palette defined (" + stops.enumerated().map { "\($0.offset) '\($0.element.hex)'" }.joined(separator: ", ") + ")")
    add("set cbrange [\(scale.low):\(scale.high)]; set colorbox; unset grid")
    add("set size ratio \(Double(map.rows) / Double(max(1, map.columns)))")
    // Where blocks were averaged an entry stands for several; the axes count those of the whole matrix.
    let (rows, columns) = map.original ?? (map.rows, map.columns)
    let (tall, wide) = (Double(rows) / Double(map.rows), Double(columns) / Double(map.columns))
    add("set xrange [0.5:\(Double(columns) + 0.5)]; set yrange [\(Double(rows) + 0.5):0.5]")
    addData(
      "matrix\(index)",
      (0..<map.rows).map { row in
        (0..<map.columns).map { map.values[row * map.columns + $0] }.map { $0.isFinite ? "\($0)" : "NaN" }.joined(separator: " ")
      })
    add("plot $matrix\(index) matrix using (($1+0.5)*\(wide)+0.5):(($2+0.5)*\(tall)+0.5):3 with image notitle")
    add("set grid")
  }

  private mutating func add(_ picture: Picture, _ index: Int) {
    add("unset xtics; unset ytics; unset border; unset grid; set size ratio \(Double(picture.height) / Double(max(1, picture.width)))")
    add("set xrange [-0.5:\(Double(picture.width) - 0.5)]; set yrange [\(Double(picture.height) - 0.5):-0.5]")
    var lines: [String] = []
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let pixel = picture[x, y]
        lines.append("\(x) \(y) \(pixel.red) \(pixel.green) \(pixel.blue)")
      }
    }
    addData("picture\(index)", lines)
    add("plot $picture\(index) using 1:2:3:4:5 with rgbimage notitle")
    add("set grid")
  }

  /// A blank line is a gap.
  private mutating func addData(_ name: String, _ lines: [String]) {
    text += "$\(name) << EOD\n"
    for line in lines { text += line + "\n" }
    text += "EOD\n"
  }

  /// gnuplot's single quotes take everything as it stands but the quote itself: doubled it is one, but not at an end or beside another, where a prime
  /// has to do. Control characters have no place in an SVG.
  static func quoted(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "'":
        let isAlone = place > 0 && place + 1 < scalars.count && scalars[place - 1] != "'" && scalars[place + 1] != "'"
        result += isAlone ? "''" : "′"
      case _ where scalar.properties.generalCategory == .control || [0x2028, 0x2029, 0xFFFE, 0xFFFF].contains(scalar.value): result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "'" + result + "'"
  }
}

extension Panel {
  /// In characters, of what the legend names; 0 where there is none.
  fileprivate var longestTitle: Int {
    switch content {
    case .curves(let curves): curves.count == 1 && curves[0].title == y.label ? 0 : curves.map(\.title.count).max() ?? 0
    case .points(let groups): groups.count == 1 ? 0 : groups.map(\.title.count).max() ?? 0
    default: 0
    }
  }
}
