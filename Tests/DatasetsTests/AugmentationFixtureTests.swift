import Datasets
import Foundation
import TestSupport
import Testing

/// `ImageAugmenter` against torchvision (`Fixtures/make_augment_fixture.py`).
struct AugmentationFixtureTests {
  struct Fixture: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    struct Jitter: Decodable {
      let brightness, contrast, saturation, hue: Float
      let order: [String]
    }
    let name: String
    let shape, crop: [Int]
    let flip, gray: Bool
    let jitter: Jitter?
    let blur: Float?
    let pixels: [UInt8]
    let output: [Float]

    var testDescription: String { name }

    var parameters: AugmentationParameters {
      let adjustments: [String: ColorAdjustment] = [
        "brightness": .brightness, "contrast": .contrast, "saturation": .saturation, "hue": .hue,
      ]
      return AugmentationParameters(
        crop: CropBox(top: crop[0], left: crop[1], height: crop[2], width: crop[3]), flip: flip,
        jitter: jitter.map {
          ColorJitter(
            brightness: $0.brightness, contrast: $0.contrast, saturation: $0.saturation, hue: $0.hue,
            order: $0.order.compactMap { adjustments[$0] })
        }, gray: gray, blur: blur)
    }
  }

  static let cases: [Case] = {
    let url = Fixtures.url("Fixtures/augment.json", beside: #filePath)
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode(Fixture.self, from: data))?.cases ?? []
  }()

  @Test func thereAreCases() { #expect(Self.cases.count == 20) }

  @Test(arguments: cases)
  func agreesWithTorchvision(_ row: Case) {
    let shape = ImageShape(channels: row.shape[0], height: row.shape[1], width: row.shape[2])
    let augmenter = ImageAugmenter(shape: shape)
    var image = [Float](repeating: .nan, count: shape.valueCount)
    // Twice: what the first left in the scratch memory must not show.
    for _ in 0..<2 { augmenter.apply(row.parameters, to: row.pixels, into: &image) }
    let difference = zip(image, row.output).map { abs($0 - $1) }.max() ?? .nan
    #expect(difference < 2e-4, "largest difference \(difference)")
  }
}
