extension Node: CustomStringConvertible {
  /// One line, inputs by number: `#7 = multiply(#3, #5) : 256×64`.
  public var description: String { "#\(id) = \(origin) : \(shape)" }

  private var origin: String {
    switch source {
    case .scalar(let value): "\(value)"
    case .tensor(_, let identity): "tensor \(identity)"
    case .variable(let variable): variable.name
    case .input(let slot): slot.name
    case .operation(let primitive, let inputs):
      "\(type(of: primitive).name)(\(inputs.map { "#\($0.id)" }.joined(separator: ", ")))"
    }
  }
}
