import Graph
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct SGDTests {
  /// torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01), w = [1, -2], gradients [0.5, 1], [-1, 0], [0.25, 0.25]; torch 2.
  @Test func pyTorchsRule() {
    let parameter = Variable(name: "w", shape: [2], role: .parameter)
    parameter.buffer.floats[0] = 1
    parameter.buffer.floats[1] = -2
    let velocity = SGD.velocity(of: parameter)
    #expect(velocity.name == "w/velocity" && velocity.role == .state)
    var weights: [Double] = [1, -2]
    var velocities: [Double] = [0, 0]
    for gradient in [[0.5, 1], [-1, 0], [0.25, 0.25]] as [[Float]] {
      gradient.withUnsafeBufferPointer { values in
        if let pointer = values.baseAddress {
          SGD(momentum: 0.9, decay: 0.01).step(parameter, gradient: pointer, velocity: velocity, rate: 0.1)
        }
      }
      for index in 0..<2 {
        velocities[index] = 0.9 * velocities[index] + Double(gradient[index]) + 0.01 * weights[index]
        weights[index] -= 0.1 * velocities[index]
      }
    }
    #expect(relativeError(Array(parameter.buffer.floats), weights.map(Float.init)) < 1e-6)
    #expect(relativeError(Array(velocity.buffer.floats), velocities.map(Float.init)) < 1e-6)
  }

  @Test func aParameterMayHaveADecayOfItsOwn() {
    let parameter = Variable(name: "w", shape: [1], role: .parameter)
    parameter.buffer.floats[0] = 1
    let zero = Buffer(count: 1)
    SGD(momentum: 0.9, decay: 0.5).step(
      parameter, gradient: zero.pointer, velocity: SGD.velocity(of: parameter), rate: 1, decay: 0)
    #expect(parameter.buffer.floats[0] == 1)
  }
}
