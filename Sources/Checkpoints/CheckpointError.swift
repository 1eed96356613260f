import Tensors

/// Why a checkpoint could not be read or written. Nothing is changed in any of these cases: neither the live model nor a file that was there.
public enum CheckpointError: Error, Hashable, Sendable {
  case missing(String)
  case isFolder(String)
  /// A pipe, a device.
  case noFile(String)
  case notReadable(String, reason: String)
  /// The file ends before what its header announces.
  case truncated(String, bytes: Int, expected: Int)
  /// Not in the safetensors format, or against its rules.
  case notSafetensors(String, reason: String)
  /// Safetensors of another program.
  case foreign(String)
  /// Written by a newer Siam: format `found`, while this one knows `known`.
  case newer(String, found: String, known: Int)
  case tooLarge(String, bytes: Int, limit: Int)
  /// In the words of `WholeFile`.
  case notWritten(String)

  /// One sentence, no full stop, the user's words in backticks.
  public var message: String {
    switch self {
    case .missing(let path): "there is no file `\(path)`"
    case .isFolder(let path): "`\(path)` is a folder, not a file"
    case .noFile(let path): "`\(path)` is not a file that can be read whole"
    case .notReadable(let path, let reason): "`\(path)` cannot be read: \(reason)"
    case .truncated(let path, let bytes, let expected): "`\(path)` is cut off: \(bytes) of \(expected) bytes are there"
    case .notSafetensors(let path, let reason): "`\(path)` is no safetensors file: \(reason)"
    case .foreign(let path): "`\(path)` is no checkpoint of Siam: it has tensors, but not what Siam writes beside them"
    case .newer(let path, let found, let known): "`\(path)` was written by a newer Siam (checkpoint format \(found), this one knows \(known))"
    case .tooLarge(let path, let bytes, let limit): "`\(path)` holds \(bytes) bytes, and \(limit) is the most that is read"
    case .notWritten(let message): message
    }
  }
}
