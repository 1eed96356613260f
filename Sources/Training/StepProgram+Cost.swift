import Graph
import Networks

extension StepProgram {
  private static let floatBytes = MemoryLayout<Float>.stride

  /// How many numbers the step trains.
  public var trainedCount: Int { gradients.reduce(0) { $0 + $1.variable.shape.count } }

  /// What the program holds while it is used: its arena and constants, and the slots that the host fills.
  public var memoryBytes: Int {
    let slots = images + [labels, permutation].compactMap { $0 }
    return program.plan.arenaBytes + program.plan.constantBytes + slots.reduce(0) { $0 + $1.shape.count } * Self.floatBytes
  }

  /// What a step moves beside its program: the images into their slots, the running statistics of `modules` into a copy (see `Stepper`); of
  /// every trained number the gradient is read to see whether it is finite, and again by the optimizer, which reads and writes weight and velocity.
  public func bytesMovedBeside(modules: [Module]) -> Int {
    let states = modules.flatMap(\.states).reduce(0) { $0 + $1.shape.count }
    let slots = images.reduce(0) { $0 + $1.shape.count }
    return (2 * slots + 2 * states + 6 * trainedCount) * Self.floatBytes
  }
}

extension EvaluationProgram {
  /// What it holds while it is used.
  public var memoryBytes: Int {
    program.plan.arenaBytes + program.plan.constantBytes + images.shape.count * MemoryLayout<Float>.stride
  }
}
