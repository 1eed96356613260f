import Graph
import Kernels
import Networks

/// `teacher 0.99`: a momentum encoder (MoCo, He et al. 2020; BYOL, Grill et al. 2020), a copy of the encoder and the projector that follows them:
/// after every step θ_t ← μ·θ_t + (1-μ)·θ. Its batch norms keep running statistics of their own.
public final class MomentumTeacher: CarriedState {
  public let encoder: Module
  public let projector: Module
  /// μ.
  public var momentum: Double
  private let pairs: [(teacher: Variable, student: Variable)]

  /// - Parameters:
  ///   - encoder: built like `studentEncoder`, under a name of its own; it takes over the student's values, statistics included.
  ///   - projector: likewise.
  public init(encoder: Module, projector: Module, following studentEncoder: Module, _ studentProjector: Module, momentum: Double) {
    self.encoder = encoder
    self.projector = projector
    self.momentum = momentum
    pairs =
      Array(zip(encoder.parameters + projector.parameters, studentEncoder.parameters + studentProjector.parameters))
      .map { (teacher: $0, student: $1) }
    let states = zip(encoder.states + projector.states, studentEncoder.states + studentProjector.states)
    for (teacher, student) in pairs.map({ ($0.teacher, $0.student) }) + Array(states) {
      teacher.buffer.pointer.update(from: student.buffer.pointer, count: teacher.buffer.count)
    }
  }

  public var variables: [Variable] { encoder.parameters + projector.parameters + programVariables }
  public var programVariables: [Variable] { encoder.states + projector.states }

  public func advance(images: UnsafeBufferPointer<Int32>, output: UnsafePointer<Float>?) {
    for (teacher, student) in pairs {
      ExponentialAverage.run(
        teacher.buffer.pointer, toward: student.buffer.pointer, count: teacher.buffer.count, momentum: Float(momentum), pool: .shared)
    }
  }
}
