import Figures
import Foundation
import FoundationXML
import TestSupport
import Testing

/// Pictures in files.
struct GnuplotTests {
  private static let name = "it's <b>&\"x\" `touch /tmp/pwned` \\n @a $b \u{1}\u{1B}[31m %s {/Bold}\nline ’"

  private final class Reader: NSObject, XMLParserDelegate {
    var text = ""
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  /// Names from data are text, whatever they hold; every kind of figure is well-formed.
  @Test(.enabled(if: Gnuplot.isInstalled), arguments: Array(TextTests.figures.keys).sorted()) func drawsSVG(_ kind: String) throws {
    var figure = try #require(TextTests.figures[kind])
    figure.panels[0].title = Self.name
    figure.panels[0].x.label = Self.name
    if case .curves(let curves) = figure.panels[0].content {
      figure.panels[0].content = .curves(curves.map { Curve(title: Self.name, points: $0.points) })
    }
    let svg = try Gnuplot().svg(figure)
    let parser = XMLParser(data: Data(svg.utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    #expect(reader.text.contains("it's <b>&\"x\" `touch /tmp/pwned` \\n @a $b"))
    #expect(!svg.contains("<b>") && !svg.contains("<script"))
  }

  /// Quotes at the ends of a name and side by side.
  @Test(.enabled(if: Gnuplot.isInstalled), arguments: ["A''", "'tis", "'", "''", "a''b 'c' @d", "''''"]) func quotes(_ name: String) throws {
    var figure = try #require(TextTests.figures["one"])
    figure.panels[0].title = name
    let svg = try Gnuplot().svg(figure).replacingOccurrences(of: "′", with: "'")
    #expect(svg.contains(name), Comment(rawValue: svg))
  }

  @Test(.enabled(if: Gnuplot.isInstalled), arguments: [("svg", "<?xml"), ("png", "\u{89}PNG"), ("pdf", "%PDF")]) func writesFiles(
    _ ending: String, _ magic: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/new '\"folder/fig.\(ending)"
    for figure in TextTests.figures.values {
      try Gnuplot().draw(figure, to: path)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: magic.unicodeScalars.map { UInt8($0.value) }))
    }
  }

  /// Classes differ in form and in colour, and the legend names each.
  @Test(.enabled(if: Gnuplot.isInstalled)) func classesAreToldApart() throws {
    let names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    let groups = names.enumerated().map { number, name in PointGroup(title: name, points: (0..<20).map { (x: Double($0), y: Double(number)) }) }
    let svg = try Gnuplot().svg(Figure([Panel(title: "e", x: PlotAxis("1"), y: PlotAxis("2"), .points(groups))]))
    for name in names { #expect(svg.contains(">\(name)<")) }
    let marks = Set(svg.matches(of: /xlink:href='(#gpPt[0-9]+)'[^>]* color='([^']+)'/).map { "\($0.1)" })
    let colors = Set(svg.matches(of: /xlink:href='(#gpPt[0-9]+)'[^>]* color='([^']+)'/).map { "\($0.2)" })
    #expect(marks.count == names.count && colors.count == names.count, "\(marks) \(colors)")
    // More than three of the picture's 720 units across, which gnuplot's 0.8 were not.
    let scales = svg.matches(of: /scale\(([0-9.]+)\)/).compactMap { Double($0.1) }
    #expect(scales.allSatisfy { $0 > 5 })
  }

  @Test(arguments: ["a.gif", "a", "a.svgz", ".png"]) func otherEndingsAreRefused(_ path: String) {
    #expect(throws: Gnuplot.Failure.self) { try Gnuplot.checkFormat(of: path) }
  }
}
