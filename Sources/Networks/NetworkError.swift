import Graph

/// Why a network cannot be built.
public enum NetworkError: Error, Hashable, Sendable {
  case noWidths
  case width(Int, maximum: Int)
  case imageTooSmall(height: Int, width: Int, minimum: Int)
  case tooManyParameters(module: String, count: Int, maximum: Int)
  /// What a module, the queue or the memory would hold from step to step.
  case noRoom(String, MemoryRoom.Shortage)

  public var message: String {
    switch self {
    case .noWidths: "an mlp needs at least one width"
    case .width(let width, let maximum): "a width of \(width) is not between 1 and \(maximum)"
    case .imageTooSmall(let height, let width, let minimum):
      "images of \(height)×\(width) are too small: this encoder halves them three times and needs at least \(minimum)×\(minimum)"
    case .tooManyParameters(let module, let count, let maximum):
      "\(module) would have \(count) parameters; the most is \(maximum)"
    case .noRoom(let owner, let shortage): "\(owner) would hold \(shortage)"
    }
  }
}
