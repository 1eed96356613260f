import Datasets
import Testing

struct ShapesTests {
  private static let data = try? DatasetRequest(kind: .shapes).load()

  @Test func hasTheDefaultSizes() throws {
    let data = try #require(Self.data)
    #expect(data.summary == "shapes: 5000 train, 1000 test, 3×32×32, 10 classes")
    #expect(Set(data.classNames).count == 10)
    #expect(data.train.labels.prefix(12) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
  }

  @Test func isTheSameEveryTime() throws {
    #expect(try DatasetRequest(kind: .shapes).load().contentHash == #require(Self.data).contentHash)
  }

  @Test func aSmallerSplitIsTheBeginningOfALargerOne() throws {
    let data = try #require(Self.data)
    let small = try DatasetRequest(kind: .shapes, train: 64, test: 10).load()
    #expect(small.train.pixels.elementsEqual(data.train.pixels.prefix(64 * 3072)))
    #expect(small.test.pixels.elementsEqual(data.test.pixels.prefix(10 * 3072)))
    #expect(!small.train.pixels.prefix(3072).elementsEqual(small.test.pixels.prefix(3072)))
  }

  /// Neither the brightness nor the colour of an image says what its class is: the means of the classes are those of all, up to chance.
  @Test func theMeanColourDoesNotTellTheClass() throws {
    let split = try #require(Self.data).train
    var sums = [[Double]](repeating: [0, 0, 0], count: 10)
    for image in 0..<split.count {
      for channel in 0..<3 {
        let start = (image * 3 + channel) * 1024
        let sum = split.pixels[start..<start + 1024].reduce(0) { $0 + Int($1) }
        sums[Int(split.labels[image])][channel] += Double(sum) / 1024 / 255 / 500
      }
    }
    // An image's mean has a deviation of about 0.25, so the mean of 500 has 0.011.
    for channel in 0..<3 {
      let values = sums.map { $0[channel] }
      #expect(values.allSatisfy { abs($0 - 0.5) < 0.06 }, "\(values)")
    }
  }

  /// The template of a class (the mean image) is nearly empty, so a linear map of the pixels cannot see the figure.
  @Test func classesHaveNoTemplate() throws {
    let split = try #require(Self.data).train
    for label in 0..<10 {
      var template = [Int](repeating: 0, count: 3072)
      var members = 0
      for image in stride(from: label, to: split.count, by: 10) {
        for index in 0..<3072 { template[index] += Int(split.pixels[image * 3072 + index]) }
        members += 1
      }
      let means = template.map { Double($0) / Double(members) / 255 }
      #expect(means.allSatisfy { abs($0 - 0.5) < 0.12 }, "\(label): \(means.min() ?? 0)…\(means.max() ?? 0)")
    }
  }
}
