import RunHistory
import Testing

/// What help and completion say of queries is what queries know.
@Suite struct HistoryVocabularyTests {
  @Test func everyColumnIsDescribed() {
    let described = HistoryVocabulary.columns.map(\.name) + HistoryVocabulary.flags.map(\.name)
    #expect(described.sorted() == RunColumn.names.sorted())
  }

  @Test func everyFunctionIsDescribed() {
    let described = HistoryVocabulary.functions.map(\.name)
    #expect(described.sorted() == HistoryVocabulary.knownFunctions.sorted())
  }
}
