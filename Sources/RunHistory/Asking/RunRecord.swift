/// What is needed of a run to make it again, or to go on with it.
public struct RunRecord: Sendable {
  public let id: Int64
  public let uuid: String
  public let name: String?
  public let state: RunState
  public let steps: Int
  public let continues: Int64?
  /// All statements since `reset`, the last of which is its `train`.
  public let statements: [String]
  public let settings: [String: SettingValue]
  public let dataset: String?
  public let datasetHash: String?
  public let threads: Int?
  public let openBLASKernel: String?
  /// The latest one.
  public let checkpoint: Artifact?

  /// A file that a run made.
  public struct Artifact: Hashable, Sendable {
    public let path: String
    public let hash: String?
    public let step: Int?
  }
}
