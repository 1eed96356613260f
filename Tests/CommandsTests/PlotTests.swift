import Commands
import Figures
import Foundation
import TestSupport
import Testing

/// What each kind of plot shows, against numpy's numbers.
struct PlotTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let rows: [[Double]]
    let spectrum: [Double]
    let points: [[Double]]
    let shares: [Double]
    let counts: [Int]
    let edges: [Double]
    var testDescription: String { name }
    var literal: String { "[" + rows.map { "[" + $0.map { "\($0)" }.joined(separator: ", ") + "]" }.joined(separator: ", ") + "]" }
  }

  static let cases: [Case] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/plots.json")
    return (try? JSONDecoder().decode([Case].self, from: Data(contentsOf: path))) ?? []
  }()

  private func figure(_ prompt: Prompt, _ statement: String) throws -> Figure {
    let answer = prompt(statement)
    try #require(answer.end == .completed, Comment(rawValue: answer.errors))
    return try #require(answer.figures.first)
  }

  private func close(_ a: Double, _ b: Double, _ size: Double) -> Bool { abs(a - b) <= 2e-6 * size }

  @Test(arguments: cases) func isWhatNumpyFinds(_ example: Case) throws {
    let prompt = try Prompt("val A = \(example.literal)")
    let spectrum = try figure(prompt, "plot spectrum A").panels[0]
    guard case .curves(let curves) = spectrum.content else { throw Unexpected() }
    #expect(spectrum.y.scale == .log && curves[0].points.map(\.x) == example.spectrum.indices.map { Double($0 + 1) })
    #expect(zip(curves[0].points, example.spectrum).allSatisfy { close($0.y, $1, example.spectrum[0]) })

    guard case .points(let groups) = try figure(prompt, "plot embedding A").panels[0].content else { throw Unexpected() }
    #expect(groups.count == 1 && groups[0].points.count == example.points.count)
    let size = example.points.flatMap { $0 }.map(abs).max() ?? 1
    #expect(zip(groups[0].points, example.points).allSatisfy { close($0.x, $1[0], size * 10) && close($0.y, $1[1], size * 10) })

    let bars = try figure(prompt, "plot histogram A").panels[0]
    guard case .bars(let histogram) = bars.content else { throw Unexpected() }
    #expect(histogram.counts.count == example.counts.count && histogram.counts.reduce(0, +) == example.counts.reduce(0, +))
    #expect(zip(histogram.counts, example.counts).map { abs($0 - $1) }.reduce(0, +) <= 2)
    #expect(close(histogram.low, example.edges[0], 10) && close(histogram.high, example.edges[1], 10))
  }

  struct Unexpected: Error {}

  @Test func optionsAndShapes() throws {
    let prompt = try Prompt("val A = [[1, 2], [3, 4], [5, 7]]; val v = [1, 10, 100]")
    guard case .bars(let histogram) = try figure(prompt, "plot histogram A bins=2").panels[0].content else { throw Unexpected() }
    #expect(histogram.counts == [3, 3])
    guard case .matrix(let map) = try figure(prompt, "plot matrix A").panels[0].content else { throw Unexpected() }
    #expect(map.rows == 3 && map.columns == 2 && map.values == [1, 2, 3, 4, 5, 7])
    guard case .curves(let curves) = try figure(prompt, "plot spectrum v, v y=linear").panels[0].content else { throw Unexpected() }
    #expect(curves.count == 2 && curves[0].points.map(\.y) == [1, 10, 100])
    guard case .curves(let sweep) = try figure(prompt, "plot t^2, t against t in 0.01..1 x=log y=log").panels[0].content else { throw Unexpected() }
    #expect(sweep[0].points.count == 101 && abs(sweep[1].points[50].x - 0.1) < 1e-6 && abs(sweep[0].points[50].y - 0.01) < 1e-6)
  }

  @Test func metricsOfRuns() throws {
    let prompt = try Prompt(Prompt.small + "loss -Za . sg(Zb); probe off\ntrain 3 steps as \"a\"\ntrain fresh 4 steps as \"b\"")
    let figure = try figure(prompt, "plot mo mr of \"a\", 2 y=log")
    #expect(figure.panels.map(\.y.label) == ["mo", "mr"] && figure.panels.map(\.y.scale) == [.log, .log])
    guard case .curves(let curves) = figure.panels[1].content else { throw Unexpected() }
    #expect(curves.map(\.title) == ["a", "b, run 2"] && curves.map(\.points.count) == [3, 4])
    #expect(try self.figure(prompt, "plot mo of 1..2").panels.count == 1)
    // Of one name the newest; a pattern means all runs that fit it.
    prompt("train fresh 2 steps as \"a\"; train fresh 5 steps as \"ab\"")
    let newest = prompt("plot mr of \"a\"")
    #expect(newest.notes == ["`a` is the newest of 2 runs called so: `of runs(\"a\")` draws them all"])
    for names in ["\"a*\"", "1, 3, 4", "runs(\"a\"), \"ab\""] {
      guard case .curves(let several) = try self.figure(prompt, "plot mr of \(names)").panels[0].content else { throw Unexpected() }
      #expect(several.map(\.points.count) == [3, 2, 5] && several[1].title == "a, run 3", Comment(rawValue: "\(several.map(\.title))"))
    }
    #expect(prompt("plot mr of \"x*\"").errors.contains("there is no run called `x*`"))
    #expect(prompt("plot mr of runs(\"x\")").errors.contains("`runs(\"x\")` are no runs"))
    #expect(prompt("plot nope").errors.contains("no `nope` was recorded"))
  }

  /// Points are coloured by the classes of the images that they are of.
  @Test(arguments: ["", " on test", " on train", " on 2 batches"]) func embeddingsKnowTheirClasses(_ sample: String) throws {
    let prompt = try Prompt(Prompt.small)
    let count = ["": 64, " on test": 128, " on train": 512, " on 2 batches": 128][sample] ?? 0
    guard case .points(let groups) = try figure(prompt, "plot embedding Za\(sample)").panels[0].content else { throw Unexpected() }
    #expect(groups.count > 5 && groups.map(\.points.count).reduce(0, +) == count)
    guard case .bars(let histogram) = try figure(prompt, "plot histogram norm(za)\(sample)").panels[0].content else { throw Unexpected() }
    #expect(histogram.counts.reduce(0, +) == count)
    guard case .matrix(let map) = try figure(prompt, "plot matrix cov(Za)\(sample)").panels[0].content else { throw Unexpected() }
    #expect(map.rows == 32 && map.columns == 32)
  }

  @Test(arguments: [
    ("plot spectrum cov(Za)", "`plot spectrum eigenvalues(cov(Za))`"), ("plot embedding norm(za)", "takes a batch of vectors"),
    ("plot matrix norm(za)", "takes a matrix"), ("plot embedding Zc", "Zc"), ("plot histogram za . fb", "of one shape"),
    ("plot mo to \"x.gif\"", "svg, png or pdf, not `gif`"), ("plot matrix cov(Za) y=log", "takes no options"), ("plot mo y=lag", "log or linear"),
    ("plot spectrum Za of 3", "of the live model"), ("plot histogram Za bins=0", "from 1 to 1000"), ("plot moo", "records `moo`"),
    ("plot x against x in 0..1 to \"nothing\"", "no ending"), ("watch plot moo", "no run records `moo`"),
    ("watch plot histogram Za", "of one moment"), ("show views to \"x.jpg\"", "another ending")
  ])
  func isFoundByACheck(_ statement: String, _ words: String) throws {
    for answer in [try Prompt(Prompt.small).check(statement), try Prompt(Prompt.small)(statement)] {
      #expect(answer.end == .usage && answer.errors.contains(words) || statement == "plot moo", Comment(rawValue: answer.errors))
    }
  }

  @Test func whatIsRightPassesACheck() throws {
    let answer = try Prompt(Prompt.small).check(
      """
      track q = Za . Zb every epoch
      plot spectrum Za on test to "a.svg"; plot embedding Za; plot histogram norm(za) on 3 batches; plot matrix cov(Za); plot mo q y=log
      plot mine of "a run of the past"; plot eta * mean(Za) against eta in 0..1; watch plot q mo; show views; watch off
      """)
    #expect(answer.end == .completed && answer.figures.isEmpty, Comment(rawValue: answer.errors))
  }

  /// Looking changes nothing: the steps that follow are the same bit for bit.
  @Test func lookingUsesNothingUp() throws {
    let folder = try TemporaryFolder()
    func hash(_ looking: String) throws -> String {
      let prompt = try Prompt(Prompt.small + "let Ge = -Zn; loss -Za . sg(Zb + oe); probe off")
      prompt("train 2 steps")
      let looked = prompt(looking)
      try #require(looked.end == .completed, Comment(rawValue: looked.errors))
      prompt("train 3 steps")
      return prompt("print sum(za^2), sum(zb), std, loss").output
    }
    let plain = try hash("print 1")
    #expect(
      try hash("show views images=2 to \"\(folder.path)/views.png\"; plot embedding Za; plot spectrum Za; plot matrix cov(Zb); watch plot mo")
        == plain)
  }
}
