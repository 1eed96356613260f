import Notebooks
import Testing

/// What counts as the same output.
@Suite struct OutputComparisonTests {
  private func compare(_ recorded: String, _ found: String, _ tolerance: Tolerance = .standard) -> OutputComparison {
    func lines(_ text: String) -> [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    return OutputComparison(recorded: lines(recorded), found: lines(found), tolerance: tolerance)
  }

  @Test(arguments: [
    ("0.5", "0.5004"), ("-1e-07", "9e-07"), ("nan", "nan"), ("[[0.6, 0.8], [1, 0]]", "[[0.60001, 0.8], [0.9999, 0]]"), ("1", "1.0001"),
    ("a  0.5   b", "a 0.5 b"), ("x=0.5", "x=0.50001"), ("mr 0.99 (full)", "mr 0.9901 (full)"),
    // What differs from run to run.
    ("took 1.2 s", "took 980 ms"), ("0:00:06 left", "1:10:06 left"), ("2026-11-23 00:41 end", "2027-01-01 10:00 end"),
    ("about 53 s", "about 1 h 2 min"),
    ("run 1 · no collapse", "run 42 · no collapse"), ("2 threads at 210 GFLOP/s and 31 GB/s", "2 threads at 99 GFLOP/s and 9 GB/s"),
    ("in /tmp/a/x.csv.", "in ~/b/x.csv."), ("hash 0123456789abcdef", "hash fedcba9876543210"), ("300 MiB", "1.2 GiB"),
    // Columns are as wide as what they hold.
    ("id  name\n--  ----\n 1  a\n 2  b", "id  name\n---  ----\n 41  a\n142  b"), ("| a |\n|---|", "| a |\n|-----|"),
    // What a plot draws is not compared, what it says is.
    ("1 │⠣⡀⠀⠀⢀⠎", "1 │⠀⠘⢄"), ("…\nold", "anything"), ("...", "")
  ])
  func equal(recorded: String, found: String) { #expect(compare(recorded, found).isEqual) }

  @Test(arguments: [
    ("0.5", "0.51"), ("1", "2"), ("100000", "100001"), ("nan", "0"), ("inf", "1e300"), ("a b", "ab"), ("a", "b"), ("", "a"), ("a", ""),
    ("a\nb", "b\na"), ("top1 3.5", "top2 3.5"),
    ("1 │⠣", "2 │⠣"), ("in /tmp/a/x.csv", "in /tmp/a/y.csv"), ("1.2 s", "1.2 MiB"), ("yes", "no"), ("1e-5", "1"), ("3×32×32", "3×32×33"),
    ("took 1 s", "took long"),
    ("id  name\n--  ----\n 1  a", "id  name\n--  ----\n 1  b"), ("0.5", "-0.5"), ("true", "false")
  ])
  func different(recorded: String, found: String) { #expect(!compare(recorded, found).isEqual) }

  @Test func toleranceIsWhatIsAsked() {
    #expect(compare("100", "104", Tolerance(relative: 0.05)).isEqual)
    #expect(!compare("100", "106", Tolerance(relative: 0.05)).isEqual)
    #expect(!compare("1e-7", "2e-7", Tolerance(relative: 1e-3, absolute: 0)).isEqual)
    #expect(compare("0", "0.4", Tolerance(relative: 0, absolute: 0.5)).isEqual)
    #expect(compare("1.0", "1.5", Tolerance(relative: 0.01).loosened(by: Tolerance(relative: 0.5))).isEqual)
  }

  @Test func differences() {
    let comparison = compare("a\nb 1.5\nc\nd", "a\nb 2.5\nd\ne")
    #expect(comparison.lines == [.equal("a"), .missing("b 1.5"), .missing("c"), .added("b 2.5"), .equal("d"), .added("e")])
    #expect(comparison.farthest == nil)
    #expect(compare("a 1.5 2.5", "a 1.25 3.5").farthest?.found == 3.5)
  }

  /// Two long outputs without a common line take no quadratic table.
  @Test func longOutputs() {
    let comparison = OutputComparison(
      recorded: (0..<200_000).map { "a \($0)" }, found: (0..<200_000).map { "b \($0)" }, tolerance: .standard)
    #expect(comparison.lines.count == 400_000)
  }
}
