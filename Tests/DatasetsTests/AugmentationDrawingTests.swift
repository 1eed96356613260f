import Datasets
import Kernels
import Testing

struct AugmentationDrawingTests {
  private static let shape = ImageShape(channels: 3, height: 32, width: 32)

  private static func draws(_ augmentation: Augmentation, _ count: Int = 20_000) -> [AugmentationParameters] {
    let stream = RandomStream(seed: 7, name: "augment")
    return (0..<count).map { AugmentationParameters(drawing: augmentation, for: shape, from: stream.substream($0)) }
  }

  private static let paper = draws(.paper)

  private func fraction(_ predicate: (AugmentationParameters) -> Bool) -> Double {
    Double(Self.paper.lazy.filter(predicate).count) / Double(Self.paper.count)
  }

  /// Rejected boxes (wider than the image) are drawn again, so large areas are rarer than uniform: the mean is torchvision's, measured
  /// with `RandomResizedCrop.get_params(image, (0.2, 1), (3/4, 4/3))` over 200,000 draws.
  @Test func cropsAsTorchvision() {
    let areas = Self.paper.map { Double($0.crop.height * $0.crop.width) / 1024 }
    #expect(areas.allSatisfy { $0 > 0.17 && $0 <= 1 })
    #expect(abs(areas.reduce(0, +) / Double(areas.count) - 0.5517) < 0.006)
    #expect(abs(Double(areas.filter { $0 < 0.36 }.count) / Double(areas.count) - 0.2277) < 0.012)
    let ratios = Self.paper.map { Double($0.crop.width) / Double($0.crop.height) }
    #expect(ratios.allSatisfy { $0 > 0.68 && $0 < 1.46 }, "rounding to pixels widens 3/4…4/3 a little")
    #expect(abs(Double(ratios.filter { $0 > 1 }.count) / Double(ratios.count) - 0.4575) < 0.012)
  }

  @Test func cropsLieInsideAndEverywhere() {
    for crop in Self.paper.map(\.crop) {
      #expect(crop.top >= 0 && crop.left >= 0 && crop.top + crop.height <= 32 && crop.left + crop.width <= 32)
    }
    let freeLeft = Self.paper.filter { $0.crop.width < 32 }
    let relative = freeLeft.map { Double($0.crop.left) / Double(32 - $0.crop.width) }
    #expect(abs(relative.reduce(0, +) / Double(relative.count) - 0.5) < 0.012)
  }

  @Test func happensAsOftenAsItShould() {
    #expect(abs(fraction { $0.flip } - 0.5) < 0.015)
    #expect(abs(fraction { $0.jitter != nil } - 0.8) < 0.015)
    #expect(abs(fraction { $0.gray } - 0.2) < 0.015)
    #expect(fraction { $0.blur != nil } == 0)
    #expect(abs(fraction { $0.gray && $0.flip } - 0.1) < 0.012, "independent")
    #expect(abs(fraction { $0.gray && $0.jitter != nil } - 0.16) < 0.012, "independent")
  }

  @Test func jittersUniformly() {
    let jitters = Self.paper.compactMap(\.jitter)
    for values in [jitters.map(\.brightness), jitters.map(\.contrast), jitters.map(\.saturation)] {
      #expect(values.allSatisfy { $0 >= 0.6 && $0 <= 1.4 })
      let mean = values.reduce(0, +) / Float(values.count)
      #expect(abs(mean - 1) < 0.01)
      // The deviation of a uniform distribution over 0.8.
      #expect(abs((values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Float(values.count)).squareRoot() - 0.2309) < 0.005)
    }
    #expect(jitters.allSatisfy { abs($0.hue) <= 0.1 })
    #expect(abs(jitters.map(\.hue).reduce(0, +) / Float(jitters.count)) < 0.003)
    var counts: [[ColorAdjustment]: Int] = [:]
    for jitter in jitters { counts[jitter.order, default: 0] += 1 }
    #expect(counts.count == 24 && counts.keys.allSatisfy { Set($0).count == 4 })
    let expected = Double(jitters.count) / 24
    #expect(counts.values.allSatisfy { abs(Double($0) - expected) < 0.25 * expected })
  }

  /// A change to one setting leaves what the others draw as it was.
  @Test func settingsDrawIndependently() {
    var changed = Augmentation.paper
    changed.gray = 0.9
    changed.jitterProbability = 0
    changed.blur = 0.5
    for (before, after) in zip(Self.paper, Self.draws(changed, 500)) {
      #expect(before.crop == after.crop && before.flip == after.flip)
      #expect(!before.gray || after.gray)
    }
    var wider = Augmentation.paper
    wider.crop = 0.5...1
    #expect(zip(Self.paper, Self.draws(wider, 500)).allSatisfy { $0.jitter == $1.jitter && $0.flip == $1.flip && $0.gray == $1.gray })
  }

  @Test func blurDeviationsAreSimCLRs() {
    var blurred = Augmentation.none
    blurred.blur = 1
    let deviations = Self.draws(blurred, 2000).compactMap(\.blur)
    #expect(deviations.count == 2000 && deviations.allSatisfy { $0 >= 0.1 && $0 <= 2 })
    #expect(abs(deviations.reduce(0, +) / 2000 - 1.05) < 0.05)
  }

  @Test func noneIsTheImage() {
    let whole = AugmentationParameters(crop: CropBox(whole: Self.shape))
    #expect(Self.draws(.none, 200).allSatisfy { $0 == whole })
  }

  /// A long thin image has no box of an admissible ratio and a large area: torchvision then takes the largest central one.
  @Test func fallsBackToACentralBox() {
    let stream = RandomStream(seed: 0, name: "augment")
    var large = Augmentation.none
    large.crop = 0.9...1
    func crop(_ height: Int, _ width: Int) -> CropBox {
      AugmentationParameters(drawing: large, for: ImageShape(channels: 1, height: height, width: width), from: stream).crop
    }
    #expect(crop(10, 60) == CropBox(top: 0, left: 23, height: 10, width: 13))
    #expect(crop(60, 12) == CropBox(top: 22, left: 0, height: 16, width: 12))
    #expect(crop(1, 50) == CropBox(top: 0, left: 24, height: 1, width: 1))
    #expect(crop(50, 1) == CropBox(top: 24, left: 0, height: 1, width: 1))
  }

  @Test func refusesSettingsOutOfRange() {
    func message(_ change: (inout Augmentation) -> Void) -> String? {
      var augmentation = Augmentation.paper
      change(&augmentation)
      do { try augmentation.check() } catch { return error.message }
      return nil
    }
    #expect(message { _ in } == nil)
    #expect(message { $0.crop = 0...1 } == "crop is 0, it must be 0.01 to 1")
    #expect(message { $0.crop = 0.2...1.5 } == "crop is 1.5, it must be 0.01 to 1")
    #expect(message { $0.flip = -0.1 } == "flip is -0.1, it must be 0 to 1")
    #expect(message { $0.flip = .nan } == "flip is nan, it must be 0 to 1")
    #expect(message { $0.jitter = [0.4] } == "the length of jitter is 1, it must be 4")
    #expect(message { $0.jitter = [0.4, 0.4, 0.4, 0.6] } == "jitter's hue is 0.6, it must be 0 to 0.5")
    #expect(message { $0.jitter = [0.4, .infinity, 0.4, 0.1] } == "jitter's contrast is inf, it must be 0 to 4")
    #expect(message { $0.jitterProbability = 2 } == "jitter_p is 2, it must be 0 to 1")
    #expect(message { $0.gray = 1e300 } == "gray is 1e+300, it must be 0 to 1")
    #expect(message { $0.blur = -1 } == "blur is -1, it must be 0 to 1")
  }
}
