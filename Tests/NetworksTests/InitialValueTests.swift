import Networks
import Testing

@Suite struct InitialValueTests {
  private static let head = Head([.linear(width: 200, bias: true), .batchNorm(affine: true), .linear(width: 64, bias: true)])

  private func values(_ module: Module) -> [[Float]] { module.parameters.map { Array($0.buffer.floats) } }

  /// U(±1/√fan_in) has deviation 1/√(3·fan_in); with n numbers the sample's is within 4·√(0.2/n) of it, in proportion.
  @Test func weightsAreUniformWithPyTorchsBound() throws {
    let module = try Module(name: "h", head: InitialValueTests.head, inputWidth: 300, seed: 3)
    for (parameter, fanIn) in [(module.parameters[0], 300.0), (module.parameters[1], 300), (module.parameters[4], 200)] {
      let values = parameter.buffer.floats.map(Double.init)
      let bound = 1 / fanIn.squareRoot()
      let deviation = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect((values.map(abs).max() ?? 0) > 0.95 * bound)
      #expect(abs(deviation / (bound / 3.0.squareRoot()) - 1) < 4 * (0.2 / Double(values.count)).squareRoot())
      #expect(abs(values.reduce(0, +) / Double(values.count)) < 4 * bound / (3 * Double(values.count)).squareRoot())
    }
    #expect(module.parameters[2].buffer.floats.allSatisfy { $0 == 1 })
    #expect(module.parameters[3].buffer.floats.allSatisfy { $0 == 0 })
    #expect(module.states[0].buffer.floats.allSatisfy { $0 == 0 })
    #expect(module.states[1].buffer.floats.allSatisfy { $0 == 1 })
  }

  @Test func convolutionsCountTheirKernelInTheFan() throws {
    let module = try Module(name: "encoder", encoder: .convnet(width: 8), channels: 3, height: 8, width: 8, seed: 3)
    let bound = 1 / Float(8 * 9).squareRoot()
    let largest = module.parameters[3].buffer.floats.map(abs).max() ?? 0
    #expect(module.parameters[3].name == "encoder/conv2/weight")
    #expect(largest <= bound && largest > 0.95 * bound)
  }

  @Test func valuesDependOnSeedAndNameAlone() throws {
    let first = try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 3)
    // A module made in between, of whatever size, draws from streams of its own.
    _ = try Module(name: "encoder", encoder: .convnet(width: 4), channels: 3, height: 8, width: 8, seed: 3)
    let again = try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 3)
    let otherSeed = try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 4)
    let otherName = try Module(name: "hinv", head: InitialValueTests.head, inputWidth: 30, seed: 3)
    let longer = try Module(
      name: "h", head: Head(InitialValueTests.head.layers + [.linear(width: 7, bias: true)]), inputWidth: 30, seed: 3)
    #expect(values(first) == values(again))
    #expect(values(first)[0] != values(otherSeed)[0])
    #expect(values(first)[0] != values(otherName)[0])
    #expect(values(first) == Array(values(longer).prefix(6)))
  }

  @Test func initializeGoesBackToTheStart() throws {
    let module = try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 3)
    let start = values(module)
    for variable in module.parameters + module.states { variable.buffer.floats.update(repeating: 9) }
    module.initialize(seed: 3)
    #expect(values(module) == start)
    #expect(module.states[1].buffer.floats.allSatisfy { $0 == 1 })
  }

  /// Weights that nobody looks at are neither drawn nor stored: a check makes models that it never runs.
  @Test func weightsAreDrawnWhenTheyAreLookedAt() throws {
    let module = try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 3)
    let variables = module.parameters + module.states
    #expect(variables.allSatisfy { $0.missingBytes == $0.byteCount })
    module.initialize(seed: 4)
    #expect(values(module) == values(try Module(name: "h", head: InitialValueTests.head, inputWidth: 30, seed: 4)))
    #expect(module.parameters.allSatisfy { $0.missingBytes == 0 })
  }
}
