import Graph
import Networks
import Tensors
import Testing

/// ResNet-18 with the stem for 32×32 images, counted by hand: a 3×3 convolution from C to O channels at n×n pixels has 9·C·O·n² products.
@Suite struct ResNetCostTests {
  private static let stem = 9 * 3 * 64 * 1024
  private static let products: Int = {
    let first = 4 * 9 * 64 * 64 * 1024
    let others = [(128, 256), (256, 64), (512, 16)].map { channels, pixels in
      // Half as many channels come in, to the first convolution and to the 1×1 shortcut.
      (9 * channels / 2 + 3 * 9 * channels + channels / 2) * channels * pixels
    }
    return stem + first + others.reduce(0, +)
  }()

  private let graph = Graph()
  private let encoder: Module
  private let images: Node

  init() throws {
    encoder = try Module(name: "encoder", encoder: .resnet18(width: 64), channels: 3, height: 32, width: 32, seed: 0)
    images = graph.input(InputSlot(name: "images", shape: [2, 3, 32, 32]))
  }

  private func convolutionFlops(_ plan: ProgramPlan) -> Int {
    plan.costs.filter { $0.name.hasPrefix("convolution2D") }.reduce(0) { $0 + $1.flops }
  }

  @Test func forward() throws {
    // 0.5554·10⁹ for one image.
    #expect(Self.products == 555_417_600)
    let features = encoder.apply(to: images, mode: .evaluation).output
    let plan = try ProgramPlan(outputs: [features])
    #expect(convolutionFlops(plan) == 2 * 2 * Self.products)
    // Norms, rectifiers and sums are under a hundredth of that.
    #expect(plan.flops - convolutionFlops(plan) < convolutionFlops(plan) / 100)
  }

  /// Both derivatives of every convolution, but not that of the images. The norms' sums that are taken on the way are under a hundredth.
  @Test func step() throws {
    let loss = encoder.apply(to: images, mode: .training).output.mean()
    let gradients = graph.gradients(of: loss, withRespectTo: encoder.parameters.map(graph.variable)).compactMap { $0 }
    #expect(gradients.count == encoder.parameters.count)
    let products = 2 * 2 * (3 * Self.products - Self.stem)
    #expect((products..<products + products / 100).contains(convolutionFlops(try ProgramPlan(outputs: [loss] + gradients))))
  }
}
