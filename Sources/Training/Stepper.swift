import Datasets
import Graph
import Kernels
import Networks

/// Runs one step program and applies its gradients.
final class Stepper {
  let program: StepProgram
  private let trainer: Trainer
  private let plan: TrainingPlan
  private let targets: [Target]
  private let touched: [Module]
  private let moduleNames: [String]
  private let saved: SavedValues
  private let meter: StepMeter?
  private let profile: ProgramProfile?

  /// A parameter to step: where its gradient is, its velocity, its module's place among `moduleNames`.
  private struct Target {
    let parameter: Variable
    let velocity: Variable
    let output: Int
    let module: Int
  }

  /// - Parameter profile: of the program, in a job with a meter.
  init(trainer: Trainer, program: StepProgram, plan: TrainingPlan, meter: StepMeter?, profile: ProgramProfile?) {
    self.trainer = trainer
    self.program = program
    self.plan = plan
    self.meter = meter
    self.profile = profile
    var owners: [ObjectIdentifier: Int] = [:]
    for (index, module) in trainer.modules.enumerated() {
      for parameter in module.parameters { owners[ObjectIdentifier(parameter)] = index }
    }
    moduleNames = trainer.modules.map(\.name)
    let names = moduleNames
    targets = program.gradients.compactMap { gradient in
      guard let module = owners[ObjectIdentifier(gradient.variable)], !plan.isFrozen(names[module]),
        let velocity = trainer.velocity(of: gradient.variable)
      else { return nil }
      return Target(parameter: gradient.variable, velocity: velocity, output: gradient.output, module: module)
    }
    let touchedIndices = Set(targets.map(\.module))
    touched = trainer.modules.indices.filter(touchedIndices.contains).map { trainer.modules[$0] }
    saved = SavedValues(of: trainer.modules.flatMap(\.states) + program.carried.flatMap(\.state.programVariables))
  }

  /// Fills the slots from `batch`, runs, and applies the update unless something is not finite.
  func run(_ batch: PreparedBatch, planStep: Int) -> (values: [MetricValue], divergence: Verdict.Divergence?) {
    fill(from: batch)
    saved.save()
    meter?.count(\.rest)
    runProgram()
    meter?.count(\.program)
    let loss = Double(program.program.scalar(program.loss))
    let values =
      [MetricValue("loss", loss)] + program.metrics.map { MetricValue($0.name, Double(program.program.scalar($0.output))) }
    if let cause = divergence(loss: loss, planStep: planStep) {
      // The step has written its running statistics already; the batch that broke it must not stay in them.
      saved.restore()
      return (values, cause)
    }
    meter?.count(\.rest)
    update(planStep: planStep)
    for (state, output) in program.carried {
      state.advance(images: batch.imageNumbers, output: output.map { UnsafePointer(program.program.pointer(to: $0)) })
    }
    meter?.count(\.update)
    return (values, nil)
  }

  private func runProgram() {
    let context = RunContext(step: UInt64(trainer.position))
    if let profile { profile.run(context) } else { program.program.run(context) }
  }

  private func fill(from batch: PreparedBatch) {
    for (slot, images) in zip(program.images, batch.images) {
      Elementwise.run(Elementwise.copy, images, slot.buffer.pointer, count: slot.buffer.count, pool: .shared)
    }
    if let slot = program.labels { slot.fillOneHot(batch.labels) }
    for (state, _) in program.carried { state.prepare(images: batch.imageNumbers) }
    program.permutation?.fillNegatives(seed: trainer.seed, step: trainer.position)
  }

  private func divergence(loss: Double, planStep: Int) -> Verdict.Divergence? {
    guard loss.isFinite else { return Verdict.Divergence(step: planStep + 1, quantity: "loss", value: loss) }
    let broken = targets.first {
      containsNonFinite(program.program.pointer(to: $0.output), count: $0.parameter.shape.count)
    }
    return broken.map { Verdict.Divergence(step: planStep + 1, quantity: "gradient of \($0.parameter.name)") }
  }

  private func update(planStep: Int) {
    let rates = moduleNames.map { plan.rate(of: $0, step: planStep) }
    let decays = moduleNames.map { plan.moduleRates[$0]?.decay }
    for target in targets {
      trainer.optimizer.step(
        target.parameter, gradient: program.program.pointer(to: target.output), velocity: target.velocity,
        rate: rates[target.module], decay: decays[target.module])
    }
    for module in touched { module.afterStep() }
  }
}

extension InputSlot {
  /// Fills this [M, classes] slot with a 1 at each row's label; a row whose label is not among the classes is all zeros.
  func fillOneHot(_ labels: UnsafePointer<Int32>) {
    buffer.floats.update(repeating: 0)
    let classes = shape[1]
    for row in 0..<shape[0] where labels[row] >= 0 && labels[row] < classes {
      buffer.floats[row * classes + Int(labels[row])] = 1
    }
  }
}
