import Commands
import Terminal
import Testing

@Suite struct ProgressLineTests {
  private static let values: [(name: String, value: Double)] = [
    ("loss", -0.62), ("std", 0.061), ("mo", 0.11), ("mr", 0.99), ("top1", 33.1)
  ]

  private func progress(
    fraction: Double = 1, left: Double? = 0, values: [(name: String, value: Double)] = Self.values
  ) -> Progress {
    Progress(epoch: 10, epochs: 10, fraction: fraction, secondsElapsed: 12.2, secondsLeft: left, values: values)
  }

  @Test func whenTheRunIsOver() {
    #expect(
      ProgressLine(progress(), isFinished: true).text(bar: .heavy)
        == "epoch 10/10 ━━━━━━━━━━━━━━━━━━━━ 0:00:12   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1")
  }

  @Test func whileItGoesOn() {
    #expect(
      ProgressLine(progress(fraction: 0.25, left: 3725), isFinished: false).text(bar: .ascii)
        == "epoch 10/10 #####--------------- 1:02:05 left   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1")
  }

  @Test func withoutABarOrATime() {
    #expect(
      ProgressLine(progress(left: nil), isFinished: false).text(bar: .none)
        == "epoch 10/10   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1")
  }

  @Test(arguments: [
    (79, "epoch 10/10 ━━━━━━ 0:00:12   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1"),
    (73, "epoch 10/10 0:00:12   loss -0.62  std 0.061  mo 0.11  mr 0.99  top1 33.1"),
    (39, "epoch 10/10 0:00:12   loss -0.62"), (25, "epoch 10/10   loss -0.62"), (20, "epoch 10/10 0:00:12"), (15, "epoch 10/10"), (7, "epoch 1")
  ])
  func fitsTheWindow(width: Int, expected: String) {
    #expect(ProgressLine(progress(), isFinished: true).text(width: width, bar: .heavy) == expected)
  }

  @Test func numbersOfEverySize() {
    let values: [(name: String, value: Double)] = [
      ("a", 0), ("b", 0.99), ("c", 9.996), ("d", 12.34), ("e", 456.7), ("f", 1_234_567), ("g", 0.0041), ("h", -4.1e-5),
      ("i", .nan), ("j", -.infinity), ("k", 0.0999), ("top5", 100)
    ]
    #expect(
      ProgressLine(progress(values: values), isFinished: true).text(bar: .none)
        == "epoch 10/10 0:00:12   a 0  b 0.99  c 10.00  d 12.3  e 457  f 1.2e+06  g 0.0041  h -4.1e-05"
        + "  i nan  j -inf  k 0.10  top5 100.0")
  }

  @Test func nonsenseIsShownAsSuch() {
    let wrong = Progress(epoch: 1, epochs: 1, fraction: .nan, secondsElapsed: -1, secondsLeft: .infinity, values: [])
    #expect(ProgressLine(wrong, isFinished: false).text(bar: .ascii) == "epoch 1/1 -------------------- -:--:-- left")
    #expect(ProgressLine(wrong, isFinished: true).text(bar: .none) == "epoch 1/1 -:--:--")
  }
}
