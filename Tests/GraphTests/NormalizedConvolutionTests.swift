import Graph
import Kernels
import Tensors
import Testing

/// A convolution of a rectified batch norm reads what is in front of the norm, and gives to the last bit what it gives of the norm's
/// result.
@Suite struct NormalizedConvolutionTests {
  /// Whether the norm has a scale and a shift.
  enum Affine: CaseIterable {
    case none, scale, shift, both
  }

  private let graph = Graph()

  private func input(_ name: String, _ shape: Shape) -> Node { graph.normalInput(name, shape) }

  private func names(_ outputs: [Node]) throws -> [String] { try ProgramPlan(outputs: outputs).costs.map(\.name) }

  @Test(arguments: [1, 2], Affine.allCases) func isTheConvolutionOfTheNorm(stride: Int, affine: Affine) throws {
    let (x, w) = (input("x", [3, 14, 22, 16]), input("w", [32, 16, 3, 3]))
    let scale = affine == .scale || affine == .both ? input("scale", [16]) : nil
    let shift = affine == .shift || affine == .both ? input("shift", [16]) : nil
    let images = x.batchNorm(moments: x.channelMoments(), scale: scale, shift: shift).relu()
    let normalized = try Program(outputs: [images])
    normalized.run()
    // The norm's result as an input of its own, whose origin nothing knows.
    let slot = InputSlot(name: "images", shape: images.shape)
    slot.buffer.pointer.update(from: normalized.pointer(to: 0), count: images.shape.count)
    let apart = passes(graph.input(slot), w, stride)
    let together = passes(images, w, stride)
    #expect(try !names(together).contains("batchNorm"))
    let program = try Program(outputs: together + apart)
    program.run()
    for index in together.indices {
      let (a, b) = (program.tensor(index).values, program.tensor(together.count + index).values)
      #expect(zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern })
    }
  }

  /// y and ∂L/∂w.
  private func passes(_ images: Node, _ w: Node, _ stride: Int) -> [Node] {
    let y = images.convolution2D(weight: w, stride: stride, padding: 1)
    return [y] + graph.gradients(of: (y * input("g", y.shape)).sum(), withRespectTo: [w]).compactMap { $0 }
  }

  @Test func aNormWithoutRectifierIsWritten() throws {
    let (x, w) = (input("x", [2, 8, 8, 16]), input("w", [16, 16, 3, 3]))
    let y = x.batchNorm(moments: x.channelMoments()).convolution2D(weight: w, padding: 1)
    #expect(try names([y]).contains("batchNorm"))
  }

  /// Direct sums take images as they are.
  @Test func directSumsReadTheNormsResult() throws {
    let (x, w) = (input("x", [2, 8, 8, 16]), input("w", [16, 16, 3, 3]))
    let y = x.batchNorm(moments: x.channelMoments()).relu().convolution2D(weight: w, padding: 1, method: .direct)
    #expect(try names([y]).contains("batchNorm"))
  }
}
