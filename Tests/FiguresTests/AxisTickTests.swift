import Figures
import Testing

/// The numbers along an axis.
struct AxisTickTests {
  @Test(arguments: [
    (0.0, 1.0, 5, "0 0.2 0.4 0.6 0.8 1.0"), (0, 1, 3, "0 0.5 1.0"), (-1, 1, 4, "-1.0 -0.5 0 0.5 1.0"), (0, 1999, 4, "0 500 1000 1500"),
    (0.06, 0.0631, 3, "0.060 0.062"), (-3e6, 2e6, 5, "-3e6 -2e6 -1e6 0 1e6 2e6"), (1e-6, 5e-6, 4, "1e-6 2e-6 3e-6 4e-6 5e-6"),
    (-1e308, 1e308, 4, "-1e308 -5e307 0 5e307 1e308"), (0.1043, 0.9738, 2, "0.2 0.4 0.6 0.8"), (0.9205, 0.9971, 2, "0.94 0.96 0.98")
  ])
  func linear(low: Double, high: Double, most: Int, texts: String) {
    #expect(AxisTicks(AxisRange(low, high, .linear), most: most).marks.map(\.text).joined(separator: " ") == texts)
  }

  @Test(arguments: [
    (1.0, 1000.0, 5, "1 10 100 1000"), (1e-8, 1, 5, "1e-8 1e-6 1e-4 0.01 1"), (0.2, 3, 5, "0.2 0.5 1 2"), (20, 30, 4, "20 25 30"),
    (1e-307, 1e307, 4, "1e-154 1 1e154")
  ])
  func logarithmic(low: Double, high: Double, most: Int, texts: String) {
    let marks = AxisTicks(AxisRange(low, high, .log), most: most).marks
    #expect(marks.map(\.text).joined(separator: " ") == texts)
    #expect(marks.count >= 2 && marks.count <= most + 2)
    #expect(marks.allSatisfy { $0.value >= low * 0.999 && $0.value <= high * 1.001 })
  }

  @Test func anExtentOfOneValueHasRoom() {
    #expect(AxisRange([3.0, 3], .linear).share(3) == 0.5)
    #expect(AxisRange([3.0], .log).share(3) == 0.5)
    #expect(AxisRange([], .linear) == AxisRange(0, 1, .linear))
    #expect(AxisRange([.nan, -1, 0, 10, 1000], .log) == AxisRange(10, 1000, .log))
    #expect(AxisRange(10, 1000, .log).share(100) == 0.5)
    #expect(AxisRange(10, 1000, .log).share(0) == nil)
  }
}
