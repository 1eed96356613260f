import Datasets
import Foundation
import Graph
import TestSupport
import Testing
import Training

/// Clusters around random directions, for the frozen-feature evaluations.
enum Clusters {
  /// `spread`: of the noise, against directions of entries in ±1.
  static func table(seed: UInt64, count: Int, classes: Int = 5, width: Int = 12, spread: Double) -> FeatureTable {
    var directions = LinearCongruential(seed: 99)
    let centers = (0..<classes).map { _ in (0..<width).map { _ in directions.next() } }
    var noise = LinearCongruential(seed: seed)
    let labels = (0..<count).map { Int32($0 % classes) }
    let values = labels.flatMap { label in centers[Int(label)].map { Float($0 + spread * noise.next()) } }
    return FeatureTable(width: width, values: values, labels: labels)
  }
}

@Suite struct NearestNeighboursTests {
  /// The same rule, with a full sort and in double precision.
  private func reference(bank: FeatureTable, queries: FeatureTable, classes: Int, k: Int, temperature: Double) -> [Int32] {
    func unit(_ table: FeatureTable, _ row: Int) -> [Double] {
      let values = table.values[row * table.width..<(row + 1) * table.width].map(Double.init)
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return values.map { $0 / length }
    }
    return (0..<queries.count).map { query in
      let q = unit(queries, query)
      let cosines = (0..<bank.count).map { row in zip(q, unit(bank, row)).reduce(0) { $0 + $1.0 * $1.1 } }
      let order = cosines.indices.sorted { cosines[$0] == cosines[$1] ? $0 < $1 : cosines[$0] > cosines[$1] }
      var votes = [Double](repeating: 0, count: classes)
      for row in order.prefix(k) { votes[Int(bank.labels[row])] += exp(cosines[row] / temperature) }
      return Int32(votes.indices.max { votes[$0] == votes[$1] ? $0 > $1 : votes[$0] < votes[$1] } ?? 0)
    }
  }

  @Test(arguments: [(20, 0.07), (1, 0.07), (7, 1.0), (1000, 0.2)])
  func agreesWithAFullSort(k: Int, temperature: Double) throws {
    let bank = Clusters.table(seed: 1, count: 203, spread: 1.5)
    let queries = Clusters.table(seed: 2, count: 131, spread: 1.5)
    let knn = NearestNeighbours(k: k, temperature: temperature)
    let expected = reference(bank: bank, queries: queries, classes: 5, k: k, temperature: temperature)
    #expect(try knn.predictions(bank: bank, queries: queries, classes: 5) == expected)
    let correct = zip(expected, queries.labels).count { $0 == $1 }
    #expect(try knn.accuracy(bank: bank, queries: queries, classes: 5) == 100 * Double(correct) / 131)
    #expect(correct < 131)
  }

  @Test func tightClustersAreAllRight() throws {
    let bank = Clusters.table(seed: 1, count: 100, spread: 0.1)
    #expect(
      try NearestNeighbours().accuracy(bank: bank, queries: Clusters.table(seed: 2, count: 50, spread: 0.1), classes: 5) == 100)
  }

  @Test func tiesGoToEarlierImagesAndThenToEarlierClasses() throws {
    let query = FeatureTable(width: 2, values: [1, 0], labels: [0])
    let bank = FeatureTable(width: 2, values: [1, 0, 2, 0, 3, 0, 0, 1], labels: [2, 1, 1, 0])
    #expect(try NearestNeighbours(k: 1).predictions(bank: bank, queries: query, classes: 3) == [2])
    #expect(try NearestNeighbours(k: 2).predictions(bank: bank, queries: query, classes: 3) == [1])
  }

  @Test func nothingToCompareIsNoTrap() throws {
    let none = FeatureTable(width: 2, values: [], labels: [])
    let one = FeatureTable(width: 2, values: [.nan, 0], labels: [1])
    #expect(try NearestNeighbours().predictions(bank: none, queries: one, classes: 2) == [0])
    #expect(try NearestNeighbours().accuracy(bank: one, queries: none, classes: 2).isNaN)
    #expect(try NearestNeighbours().predictions(bank: one, queries: one, classes: 2).count == 1)
  }
}

@Suite struct LinearProbeTests {
  @Test func readsOffWhatIsLinear() throws {
    let train = Clusters.table(seed: 1, count: 600, spread: 1)
    let test = Clusters.table(seed: 2, count: 200, spread: 1)
    let result = try LinearProbe(epochs: 30).evaluate(train: train, test: test, classes: 5)
    // The nearest center, which for equal spreads is the best there is, is right on nearly all of them.
    #expect(result.testTop1 >= 95 && result.trainTop1 >= 95)
    #expect(try LinearProbe(epochs: 30).evaluate(train: train, test: test, classes: 5) == result)
  }

  @Test func theScaleOfTheFeaturesDoesNotMatter() throws {
    let train = Clusters.table(seed: 1, count: 300, spread: 1)
    let small = FeatureTable(width: train.width, values: train.values.map { 0.5 + $0 / 1024 }, labels: train.labels)
    #expect(try LinearProbe(epochs: 20).evaluate(train: small, test: small, classes: 5).testTop1 >= 95)
  }

  @Test func noiseIsLearntByHeartAtMost() throws {
    let labels = (0..<500).map { Int32($0 % 5) }
    var noise = LinearCongruential(seed: 3)
    let tables = (0..<2).map { _ in FeatureTable(width: 4, values: noise.floats(2000), labels: labels) }
    let result = try LinearProbe(epochs: 20).evaluate(train: tables[0], test: tables[1], classes: 5)
    #expect(result.testTop1 < 32)
  }

  @Test func fewImagesAndNoneAreNoTrap() throws {
    let few = Clusters.table(seed: 1, count: 3, spread: 0.1)
    let none = FeatureTable(width: few.width, values: [], labels: [])
    #expect(try LinearProbe(epochs: 50).evaluate(train: few, test: few, classes: 5).trainTop1 == 100)
    #expect(try LinearProbe().evaluate(train: none, test: few, classes: 5).testTop1.isNaN)
    #expect(try LinearProbe(epochs: 1).evaluate(train: few, test: none, classes: 5).testTop1.isNaN)
  }
}

@Suite struct EvaluationProgramTests {
  @Test func chunksMakeNoDifference() throws {
    let split = TrainingSetting.images(count: 29)
    let model = try SimSiamModel(seed: 1)
    let normalization = Normalization(measuring: split)
    let whole = try model.evaluation(batch: 29).features(of: split, normalization: normalization)
    let chunked = try model.evaluation(batch: 8).features(of: split, normalization: normalization)
    #expect(whole.count == 29 && whole.width == 4 && whole.labels == split.labels)
    #expect(relativeError(chunked.values, whole.values) < 1e-5)
    let correct = (0..<29).count { row in
      let logits = chunked.values[row * 4..<row * 4 + 4]
      return logits.firstIndex(of: logits.max() ?? 0).map { $0 - logits.startIndex } == Int(split.labels[row])
    }
    #expect(try model.evaluation(batch: 8).accuracy(on: split, normalization: normalization) == 100 * Double(correct) / 29)
  }
}
