/// The live state of a session: all its tensors and what belongs to them. `LoadedCheckpoint` is one that comes back.
public struct Checkpoint: Sendable {
  public var state: LiveState
  /// Parameters, running statistics, optimizer state and whatever else lives between steps, each name once; and the tensors of values.
  public var tensors: [NamedTensor]

  public init(state: LiveState, tensors: [NamedTensor]) {
    self.state = state
    self.tensors = tensors
  }

  /// - Returns: the SHA-256 of the file, in hexadecimal digits.
  @discardableResult
  public func write(to path: String) throws(CheckpointError) -> String {
    try SafetensorsWriter.write(tensors, metadata: state.metadata(), to: path)
  }
}

/// A checkpoint's file, read whole and checked.
public struct LoadedCheckpoint {
  public let path: String
  public let state: LiveState
  public let contents: SafetensorsContents

  /// - Parameter name: what errors call the file; nil: its path.
  public init(contentsOf path: String, called name: String? = nil) throws(CheckpointError) {
    let file = try SafetensorsFile(path, called: name)
    self.path = path
    // What is not Siam's is known before its tensors are read.
    state = try LiveState(metadata: file.header.metadata, of: name ?? path)
    contents = try file.contents()
  }

  /// The SHA-256 of the file, in hexadecimal digits.
  public var hash: String { contents.hash }
}
