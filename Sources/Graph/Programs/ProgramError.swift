import Tensors

/// Why a graph cannot be made a program.
public enum ProgramError: Error, Hashable, CustomStringConvertible {
  /// Its arrays need more memory than allowed. `largest` is the shape of the largest one.
  case needsTooMuchMemory(bytes: Int, limit: Int, largest: Shape)

  public var description: String {
    switch self {
    case .needsTooMuchMemory(let bytes, let limit, let largest):
      let gibibyte = Double(1 << 30)
      let needed =
        bytes == .max ? "more memory than there are addresses" : "\((Double(bytes) / gibibyte * 10).rounded() / 10) GiB"
      return
        "needs \(needed) (the largest array is \(largest)); the limit is \((Double(limit) / gibibyte * 10).rounded() / 10) GiB"
    }
  }
}
