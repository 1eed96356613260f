import Tensors

/// Why a graph cannot be made a program.
public enum ProgramError: Error, Hashable, CustomStringConvertible {
  /// Its arrays need more memory than allowed, or one is longer than BLAS can count. `largest` is the shape of the largest one.
  case needsTooMuchMemory(bytes: Int, limit: Int, largest: Shape)

  public var description: String {
    switch self {
    case .needsTooMuchMemory(let bytes, let limit, let largest):
      let needed = bytes == .max ? "more memory than there are addresses" : "at least \(MemoryRoom.gibibytes(bytes))"
      return "this needs \(needed), the limit is \(MemoryRoom.gibibytes(limit)); its largest array is \(largest)"
    }
  }
}
