import Testing

/// `note`, `tag`, `forget` and `restore`: of one run, of several, of all of a name, and what they say.
@Suite struct MarkingTests {
  private let prompt: Prompt

  init() throws {
    prompt = try Prompt(
      Prompt.small + "probe off\nloss -Za . sg(Zb)\nfor s in 1..3 { seed s; train fresh 1 steps as \"twin\" }\ntrain fresh 1 steps as \"other [1]\"\n"
    )
  }

  private func column(_ name: String, _ query: String) -> String {
    prompt("history \(query) columns \(name) sort id format csv").results.joined()
  }

  @Test func eachSaysWhatItDid() {
    #expect(prompt("note \"the last\"").notes == ["run 4 · noted"])
    #expect(prompt("tag 1 table3").notes == ["run 1 · tagged `table3`"])
    #expect(prompt("forget 1").notes == ["run 1 is hidden; `restore 1` undoes that, `purge` deletes for good"])
    #expect(prompt("restore 1").notes == ["run 1 is back"])
  }

  @Test func severalAreNamedAtOnce() {
    #expect(prompt("forget 1 3..4").notes.first?.hasPrefix("runs 1, 3, 4 are hidden; `restore 1 3..4`") == true)
    #expect(column("id", "") == "id\n2")
    #expect(column("id", "forgotten") == "id\n1\n3\n4")
    #expect(column("id", "forgotten where name = \"twin\"") == "id\n1\n3")
    #expect(prompt("restore 1 3..4").notes == ["runs 1, 3, 4 are back"])
    #expect(column("id", "") == "id\n1\n2\n3\n4")
  }

  @Test func namesMeanAllRunsCalledSo() {
    #expect(prompt("tag \"twin\" table3").notes == ["runs 1, 2, 3 · tagged `table3`"])
    #expect(column("id", "where tag = table3") == "id\n1\n2\n3")
    #expect(prompt("tag twin table4").notes == ["runs 1, 2, 3 · tagged `table4`"])
    #expect(prompt("val n = 2\ntag n table5").notes == ["run 2 · tagged `table5`"])
    #expect(prompt("note \"other*\" \"odd\"").notes == ["run 4 · noted"])
    #expect(prompt("forget \"*[1]\" \"twin\"").notes.first?.contains("runs 4, 1, 2, 3 are hidden") == true)
    #expect(prompt("forget \"twin\"").errors.contains("there is no run called `twin`"))
    #expect(prompt("restore \"tw*\"").notes == ["runs 1, 2, 3 are back"])
    #expect(prompt("restore \"tw*\"").errors.contains("there is no forgotten run called `tw*`"))
  }

  @Test func tagsComeOff() {
    prompt("tag 1..3 table3; tag 2 table4")
    #expect(prompt("untag 2 table3").notes == ["run 2 · no longer tagged `table3`"])
    #expect(column("id", "where tag = table3") == "id\n1\n3" && column("id", "where tag = table4") == "id\n2")
    // Of several those that had it.
    #expect(prompt("untag \"twin\" table3").notes == ["runs 1, 3 · no longer tagged `table3`"])
    #expect(prompt("untag \"twin\" table3").errors.contains("runs 1, 2, 3: no tag `table3`"))
    #expect(prompt("tag last; untag last").notes.last == "run 4 · no longer tagged `last`")
    #expect(prompt("untag 99 table3").end == .usage)
  }

  @Test func nothingIsDoneWhereOneIsWrong() {
    #expect(prompt("forget 1 99").end == .usage)
    #expect(prompt("forget 1..99").end == .usage)
    #expect(prompt("forget").end == .usage)
    #expect(prompt("forget 0..1").end == .usage)
    #expect(column("id", "") == "id\n1\n2\n3\n4")
  }

  @Test func historyTakesANameToo() {
    #expect(prompt("history \"other [1]\"").results.joined().contains("other [1]"))
    #expect(prompt("history \"other [1]\"").results.joined().contains("started"))
    #expect(column("id", "\"twin\"") == "id\n1\n2\n3")
    #expect(column("id", "\"twin\" where id > 1") == "id\n2\n3")
    #expect(prompt("history \"nobody\"").errors.contains("there is no run called `nobody`"))
  }

  @Test func aRunWithoutTheMetricHasNoneOfItsValues() {
    #expect(column("id, count(top1)", "where count(top1) = 0") == "id,count(top1)\n1,0\n2,0\n3,0\n4,0")
    #expect(column("count(loss)", "where count(loss) >= 1 limit 1") == "count(loss)\n1")
  }
}
