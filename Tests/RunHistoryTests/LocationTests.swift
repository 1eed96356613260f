import RunHistory
import Testing

@Suite("Where the history lives")
struct LocationTests {
  @Test(
    "the option, then the variables in their order",
    arguments: [
      ("a.sqlite", ["SIAM_DB": "b.sqlite", "HOME": "/h"], "a.sqlite"),
      (nil, ["SIAM_DB": "b.sqlite", "SIAM_HOME": "/s", "HOME": "/h"], "b.sqlite"),
      (nil, ["SIAM_HOME": "/s", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/s/history.sqlite"),
      (nil, ["XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/siam/history.sqlite"),
      (nil, ["SIAM_DB": "", "SIAM_HOME": "", "XDG_DATA_HOME": "", "HOME": "/h"], "/h/.local/share/siam/history.sqlite"),
      ("~/a.sqlite", ["HOME": "/h"], "/h/a.sqlite"),
      (":memory:", ["HOME": "/h"], ":memory:")
    ] as [(String?, [String: String], String)])
  func order(option: String?, environment: [String: String], expected: String) throws {
    #expect(try HistoryLocation.resolve(option: option, environment: environment).description == expected)
  }

  @Test func nowhere() {
    #expect(throws: HistoryError.noHome) { try HistoryLocation.resolve(environment: [:]) }
  }
}
