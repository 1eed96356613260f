/// The program, the machine and the data of a run. The host is added by the history.
public struct RunEnvironment: Hashable, Sendable {
  /// Siam's version and git commit.
  public var siam: String?
  public var gitCommit: String?
  public var swift: String?
  public var openBLAS: String?
  /// The kernel that OpenBLAS chose for this processor: `SkylakeX`, `Haswell`, …
  public var openBLASKernel: String?
  public var threads: Int?
  public var cpu: String?
  public var system: String?
  /// The data set in a line, and the hash of its content.
  public var dataset: String?
  public var datasetHash: String?

  public init() {}
}
