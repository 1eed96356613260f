import Graph
import Networks
import Training

/// The live networks: the encoder, its heads, the further modules and the online probe.
public final class Model {
  public static let encoderName = "encoder"
  public static let projectorName = "projector"
  public static let predictorName = "h"
  public static let probeName = "probe"

  public let architecture: Architecture
  public let encoder: Module
  public let projector: Module
  public let predictor: Module?
  /// The modules of `module NAME = …`, by name.
  public let further: [String: Module]
  /// The online linear probe on the features (A.1): one fc to the classes.
  public let probe: Module
  /// The momentum encoder of `teacher μ`, the negatives of `queue K`, the moving averages of `memory μ`.
  public let teacher: MomentumTeacher?
  public let queue: NegativeQueue?
  public let memory: MemoryBank?
  /// Behind the `ema(…)` of formulas.
  let averages: RunningAverages

  /// Builds the networks of `architecture`. A module that `previous` has in the same form is taken over with its weights; the others
  /// start from `seed`. Initial weights depend on (seed, module name) alone.
  ///
  /// - throws: `NetworkError` where the images are too small for the encoder, a width is out of range, or there is no room.
  public init(_ architecture: Architecture, seed: UInt64, replacing previous: Model? = nil) throws(NetworkError) {
    self.architecture = architecture
    let old = previous?.architecture
    // None of them holds its weights yet: there must be room for all together.
    var made: [Module] = []
    func requireRoom(_ owner: String, _ bytes: Int = 0) throws(NetworkError) {
      if let shortage = MemoryRoom.shortage(of: made.reduce(bytes) { $0 + $1.missingBytes }) { throw .noRoom(owner, shortage) }
    }
    func fitting(_ module: Module) throws(NetworkError) -> Module {
      made.append(module)
      try requireRoom(module.name)
      return module
    }
    if let kept = previous?.encoder(keptFor: architecture) {
      encoder = try fitting(kept)
    } else {
      encoder = try fitting(
        Module(
          name: Self.encoderName, encoder: architecture.encoder, channels: architecture.channels, height: architecture.height,
          width: architecture.width, seed: seed))
    }
    func head(
      _ name: String, _ head: Head, input: Int, _ candidate: Module?, _ candidateHead: Head?
    ) throws(NetworkError) -> Module {
      if let kept = Self.kept(candidate, candidateHead, for: head, input: input) { return try fitting(kept) }
      return try fitting(Module(name: name, head: head, inputWidth: input, seed: seed))
    }
    let features = encoder.outputWidth
    projector = try head(Self.projectorName, architecture.projector, input: features, previous?.projector, old?.projector)
    let dim = projector.outputWidth
    predictor = try architecture.predictor.map { layers throws(NetworkError) in
      try head(Self.predictorName, layers, input: dim, previous?.predictor, old?.predictor)
    }
    var further: [String: Module] = [:]
    for module in architecture.modules {
      let before = old?.modules.first { $0.name == module.name }?.head
      further[module.name] = try head(module.name, module.head, input: dim, previous?.further[module.name], before)
    }
    self.further = further
    probe = try head(
      Self.probeName, Head.probe(classes: architecture.classCount), input: features, previous?.probe,
      old.map { Head.probe(classes: $0.classCount) })
    if let momentum = architecture.teacher {
      teacher = try Self.teacher(momentum, architecture, encoder, projector, seed: seed, previous, fitting)
    } else {
      teacher = nil
    }
    // What was carried is of these two networks: of others it would be noise.
    let carrying = previous?.encoder === encoder && previous?.projector === projector ? previous : nil
    queue = try architecture.queue.map { size throws(NetworkError) in
      if let queue = carrying?.queue, queue.size == size { return queue }
      try requireRoom("queue", size * dim * MemoryLayout<Float>.stride)
      return NegativeQueue(size: size, dim: dim, seed: seed)
    }
    memory = try architecture.memory.map { momentum throws(NetworkError) in
      let kept = old?.images == architecture.images ? carrying?.memory : nil
      if kept == nil { try requireRoom("memory", architecture.imageCount * dim * MemoryLayout<Float>.stride) }
      let bank = kept ?? MemoryBank(imageCount: architecture.imageCount, dim: dim, momentum: momentum)
      bank.momentum = momentum
      return bank
    }
    averages = carrying?.averages ?? RunningAverages()
  }

  /// The encoder, where another architecture has it in the same form.
  func encoder(keptFor next: Architecture) -> Module? {
    let old = architecture
    let isSameInput = (old.channels, old.height, old.width) == (next.channels, next.height, next.width)
    return isSameInput && old.encoder == next.encoder ? encoder : nil
  }

  /// `candidate`, where its layers, which are those of `before`, are those of `head`, on vectors of the same width.
  static func kept(_ candidate: Module?, _ before: Head?, for head: Head, input: Int) -> Module? {
    guard let candidate, before == head, candidate.inputShape == [input] else { return nil }
    return candidate
  }

  /// A teacher of these two; the one before where it already follows them.
  private static func teacher(
    _ momentum: Double, _ architecture: Architecture, _ encoder: Module, _ projector: Module, seed: UInt64, _ previous: Model?,
    _ fitting: (Module) throws(NetworkError) -> Module
  ) throws(NetworkError) -> MomentumTeacher {
    if let teacher = previous?.teacher, previous?.encoder === encoder, previous?.projector === projector {
      teacher.momentum = momentum
      return teacher
    }
    return MomentumTeacher(
      encoder: try fitting(
        Module(
          name: "teacher/\(encoderName)", encoder: architecture.encoder, channels: architecture.channels, height: architecture.height,
          width: architecture.width, seed: seed)),
      projector: try fitting(
        Module(name: "teacher/\(projectorName)", head: architecture.projector, inputWidth: encoder.outputWidth, seed: seed)),
      following: encoder, projector, momentum: momentum)
  }

  /// Every variable, of the teacher, the queue, the memory and the averages too.
  var variables: [Variable] { modules.flatMap { $0.parameters + $0.states } + carried.flatMap(\.variables) }

  /// Sets the momenta of what is carried to those that were asked for.
  func takeMomenta() {
    if let momentum = architecture.teacher { teacher?.momentum = momentum }
    if let momentum = architecture.memory { memory?.momentum = momentum }
  }

  /// What is carried from step to step beside weights and velocities.
  public var carried: [any CarriedState] {
    let optional: [(any CarriedState)?] = [teacher, queue, memory]
    return optional.compactMap { $0 } + averages.all
  }

  /// The modules in the order of the data's way through them, the probe last.
  public var modules: [Module] {
    [encoder, projector] + (predictor.map { [$0] } ?? []) + architecture.modules.compactMap { further[$0.name] } + [probe]
  }

  /// A module that formulas and `rate` can name.
  public func module(named name: String) -> Module? { modules.first { $0.name == name } }

  /// The length of a projection.
  public var dim: Int { projector.outputWidth }
}
