import Foundation
import Graph
import Kernels
import Tensors

/// A named part of the model with its parameters and running statistics: the encoder, the projector, the predictor `h`, the probe.
///
/// A class, since its variables are storage with identity: the same `h` in two formulas is the same parameters. Names are
/// `<module>/<layer>/<part>`: `encoder/conv1/weight`, `h/fc1/bias`, `projector/bn3/running_var`.
public final class Module {
  public let name: String
  /// The extents of one input: [C, H, W] for an encoder, [I] for a head.
  public let inputShape: Shape
  public let outputWidth: Int
  /// How many numbers are trained.
  public let parameterCount: Int

  let components: [Component]
  private let initialParameters: [(variable: Variable, initial: InitialValue)]
  private let initialStates: [(variable: Variable, initial: InitialValue)]
  private let tanhWeights: [Variable]

  /// A head on rows of `inputWidth`, with the initial values of `seed`.
  ///
  /// - Throws: `NetworkError` when a width is out of range or there would be too many parameters, or no room for them.
  public init(name: String, head: Head, inputWidth: Int, seed: UInt64) throws(NetworkError) {
    var builder = ComponentBuilder(module: name)
    (components, outputWidth) = try builder.components(of: head, inputWidth: inputWidth)
    try builder.requireRoom()
    self.name = name
    inputShape = [inputWidth]
    parameterCount = builder.parameterCount
    initialParameters = builder.parameters
    initialStates = builder.states
    tanhWeights = Module.tanhWeights(of: head, in: components)
    initialize(seed: seed)
  }

  /// An encoder on images of channels × height × width, with the initial values of `seed`.
  ///
  /// - Throws: `NetworkError` when the images are too small, a width is out of range or there would be too many parameters, or no room for them.
  public init(
    name: String, encoder: Encoder, channels: Int, height: Int, width: Int, seed: UInt64
  ) throws(NetworkError) {
    var builder = ComponentBuilder(module: name, method: encoder.usesWinograd ? .winograd : .direct)
    (components, outputWidth) = try builder.components(of: encoder, channels: channels, height: height, width: width)
    try builder.requireRoom()
    self.name = name
    inputShape = [channels, height, width]
    parameterCount = builder.parameterCount
    initialParameters = builder.parameters
    initialStates = builder.states
    tanhWeights = []
    initialize(seed: seed)
  }

  /// What is trained, in order of definition.
  public var parameters: [Variable] { initialParameters.map(\.variable) }
  /// Running means and variances, in order of definition.
  public var states: [Variable] { initialStates.map(\.variable) }

  /// What its variables will take at their first use.
  public var missingBytes: Int { (parameters + states).reduce(0) { $0 + $1.missingBytes } }

  /// Sets every variable back to its start. The values depend on (`seed`, the module's name, the parameter's place) alone, so two
  /// models that differ in another module, or in a later layer, start from the same numbers. They are drawn when they are first asked for,
  /// which a check does only for a teacher, that begins as their copy.
  public func initialize(seed: UInt64) {
    let stream = RandomStream(seed: seed, name: "init/\(name)")
    for (index, (variable, initial)) in initialParameters.enumerated() {
      let own = stream.substream(index)
      variable.start { initial.fill($0, from: own) }
    }
    for (variable, initial) in initialStates { variable.start { initial.fill($0, from: stream) } }
  }

  /// The bias of the last linear or bias layer that has one: `bias(h)`, [D].
  public var lastBias: Variable? {
    for component in components.reversed() {
      switch component {
      case .linear(_, .some(let bias)), .bias(let bias): return bias
      default: continue
      }
    }
    return nil
  }

  /// The weight [O, I] of the linear layer number `index`, counted from 1: `weight(h, 1)`.
  public func weight(_ index: Int) -> Variable? {
    let weights = Module.linearWeights(in: components)
    return weights.indices.contains(index - 1) ? weights[index - 1] : nil
  }

  /// Table 5's `tanh(fc)`: weight ← tanh(weight). Called after each optimizer step that changed this module.
  public func afterStep() {
    for weight in tanhWeights {
      for index in weight.buffer.floats.indices { weight.buffer.floats[index] = tanhf(weight.buffer.floats[index]) }
    }
  }

  private static func linearWeights(in components: [Component]) -> [Variable] {
    components.compactMap { component in
      if case .linear(let weight, _) = component { return weight }
      return nil
    }
  }

  private static func tanhWeights(of head: Head, in components: [Component]) -> [Variable] {
    let isTanh = head.layers.compactMap { layer -> Bool? in
      switch layer {
      case .linear: false
      case .tanhLinear: true
      case .batchNorm, .relu, .l2, .bias, .identity: nil
      }
    }
    return zip(linearWeights(in: components), isTanh).filter(\.1).map(\.0)
  }
}
