import SourceText
import Testing

@Suite struct NearestNamesTests {
  private let names = ["loss", "let", "projector", "predictor", "print", "plot", "Za", "Zb", "za", "zb", "train", "track", "std"]

  @Test(arguments: [
    ("lss", ["loss"]), ("los", ["loss"]), ("pritn", ["print"]), ("PRINT", ["print"]), ("tarin", ["train"]),
    ("projecter", ["projector"]), ("proj", ["projector"]), ("Zc", ["Za", "Zb", "za"]), ("zc", ["za", "zb", "Za"]),
    ("ZA", ["Za", "za", "Zb"]),
    ("xyzzy", []), ("", []), ("q", []), ("sdt", ["std"])
  ])
  func nearestFirst(name: String, nearest: [String]) {
    #expect(NearestNames.nearest(to: name, among: names) == nearest)
    #expect(NearestNames.nearest(to: name, among: names.reversed()) == nearest)
  }

  @Test func sentences() {
    #expect(NearestNames.question(for: "lss", among: names) == "did you mean `loss`?")
    #expect(NearestNames.question(naming: ["a", "b"]) == "did you mean `a` or `b`?")
    #expect(NearestNames.question(naming: ["a", "b", "c"]) == "did you mean `a`, `b` or `c`?")
    #expect(NearestNames.question(for: "nothing like it", among: names) == nil)
  }

  @Test func limitAndLength() {
    #expect(NearestNames.nearest(to: "zc", among: names, limit: 1) == ["za"])
    #expect(NearestNames.nearest(to: String(repeating: "x", count: 100_000), among: names).isEmpty)
  }
}
