import Graph
import Kernels
import Tensors

/// Makes components and collects their variables, in the order in which `Module` lists and initialises them.
struct ComponentBuilder {
  /// Far above the paper's 2048, far below where a product of two widths and a kernel overflows.
  static let maximumWidth = 1 << 16
  /// The longest row a first layer takes: an image of 2048×2048 in colour fits.
  static let maximumInputWidth = 1 << 24
  /// 2³⁰ bytes of weights; gradients and velocities take as much again.
  static let maximumParameters = 1 << 28

  let module: String
  /// How the module's convolutions make their sums, where it suits.
  private let method: Convolution.Method
  private(set) var parameters: [(variable: Variable, initial: InitialValue)] = []
  private(set) var states: [(variable: Variable, initial: InitialValue)] = []
  private(set) var parameterCount = 0

  init(module: String, method: Convolution.Method = .winograd) {
    self.module = module
    self.method = method
  }

  mutating func convolution(_ name: String, from: Int, to: Int, kernel: Int, stride: Int) throws(NetworkError) -> Component {
    let weight = try parameter("\(name)/weight", [to, from, kernel, kernel], .uniform(fanIn: from * kernel * kernel))
    return .convolution(weight: weight, stride: stride, method: method)
  }

  mutating func linear(_ name: String, from: Int, to: Int, bias: Bool) throws(NetworkError) -> Component {
    let weight = try parameter("\(name)/weight", [to, from], .uniform(fanIn: from))
    return .linear(weight: weight, bias: bias ? try parameter("\(name)/bias", [to], .uniform(fanIn: from)) : nil)
  }

  mutating func bias(_ name: String, width: Int) throws(NetworkError) -> Component {
    .bias(try parameter("\(name)/bias", [width], .constant(0)))
  }

  mutating func batchNorm(_ name: String, channels: Int, affine: Bool = true) throws(NetworkError) -> Component {
    .batchNorm(
      BatchNorm(
        scale: affine ? try parameter("\(name)/weight", [channels], .constant(1)) : nil,
        shift: affine ? try parameter("\(name)/bias", [channels], .constant(0)) : nil,
        runningMean: state("\(name)/running_mean", [channels], .constant(0)),
        runningVariance: state("\(name)/running_var", [channels], .constant(1))))
  }

  /// `width` itself, when it can be one.
  static func checked(_ width: Int, maximum: Int = maximumWidth) throws(NetworkError) -> Int {
    guard (1...maximum).contains(width) else { throw .width(width, maximum: maximum) }
    return width
  }

  /// Looks at all that was made, none of which holds memory yet.
  func requireRoom() throws(NetworkError) {
    let bytes = (parameters + states).reduce(0) { $0 + $1.variable.missingBytes }
    if let shortage = MemoryRoom.shortage(of: bytes) { throw .noRoom(module, shortage) }
  }

  /// The count is checked before anything is allocated.
  private mutating func parameter(_ name: String, _ shape: Shape, _ initial: InitialValue) throws(NetworkError) -> Variable {
    parameterCount += shape.count
    guard parameterCount <= Self.maximumParameters else {
      throw .tooManyParameters(module: module, count: parameterCount, maximum: Self.maximumParameters)
    }
    let variable = Variable(name: "\(module)/\(name)", shape: shape, role: .parameter)
    parameters.append((variable, initial))
    return variable
  }

  private mutating func state(_ name: String, _ shape: Shape, _ initial: InitialValue) -> Variable {
    let variable = Variable(name: "\(module)/\(name)", shape: shape, role: .state)
    states.append((variable, initial))
    return variable
  }
}
