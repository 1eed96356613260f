import Graph
import Networks

extension StepProgram {
  private static let floatBytes = MemoryLayout<Float>.stride

  /// How many numbers the step trains.
  public var trainedCount: Int { gradients.reduce(0) { $0 + $1.variable.shape.count } }

  /// The operations that nothing but the record needs, by their places in the plan's costs: neither the loss nor a gradient, nor what the next
  /// step starts from.
  public var metricOperations: [Int] {
    program.plan.operations(notNeededFor: [loss] + gradients.map(\.output) + carried.compactMap(\.output))
  }

  /// What the program holds while it is used: its arena and constants, and the slots that the host fills.
  public var memoryBytes: Int {
    // A view that the loss does not name has its slot all the same.
    let slots = Dictionary((program.plan.inputs + images).map { (ObjectIdentifier($0), $0) }) { first, _ in first }.values
    return program.plan.arenaBytes + program.plan.constantBytes + slots.reduce(0) { $0 + $1.shape.count } * Self.floatBytes
  }

  /// What a step moves beside its program: the images into their slots, the running statistics of `modules` into a copy (see `Stepper`); of
  /// every trained number the gradient is read to see whether it is finite, and again by the optimizer, which reads and writes weight and velocity.
  public func bytesMovedBeside(modules: [Module]) -> Int {
    let states = modules.flatMap(\.states).reduce(0) { $0 + $1.shape.count }
    let slots = images.reduce(0) { $0 + $1.shape.count }
    return (2 * slots + 2 * states + 6 * trainedCount + carriedCount) * Self.floatBytes
  }

  /// Of a state with an output, that output is copied; one without (a teacher) reads all of the student and of itself, and writes itself.
  private var carriedCount: Int {
    carried.reduce(0) { sum, entry in
      guard let output = entry.output else { return sum + 3 * entry.state.variables.reduce(0) { $0 + $1.shape.count } }
      return sum + 2 * program.plan.shape(ofOutput: output).count
    }
  }
}

extension EvaluationProgram {
  /// What it holds while it is used.
  public var memoryBytes: Int {
    program.plan.arenaBytes + program.plan.constantBytes + images.shape.count * MemoryLayout<Float>.stride
  }
}
