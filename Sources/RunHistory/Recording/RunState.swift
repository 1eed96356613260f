/// What became of a run.
public enum RunState: String, Hashable, Sendable, CaseIterable {
  case running, finished, interrupted, diverged, failed
  /// It was running, and its process is gone.
  case dead
}
