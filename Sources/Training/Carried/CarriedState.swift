import Graph

/// What a run carries from step to step beside weights and velocities: a momentum teacher, a queue of negatives, a bank of memories, a running
/// average. It changes after a step whose update was applied, never in one that diverged.
public protocol CarriedState: AnyObject {
  /// Everything that a checkpoint must hold, by names unique in a model.
  var variables: [Variable] { get }
  /// Those of `variables` that the step's program writes itself, as it does running statistics.
  var programVariables: [Variable] { get }
  /// Before a step on these images (numbers in the training split): fills what its program reads.
  func prepare(images: UnsafeBufferPointer<Int32>)
  /// After a step on these images.
  ///
  /// - Parameter output: the values of the output that the step's program has for this state; nil where it has none.
  func advance(images: UnsafeBufferPointer<Int32>, output: UnsafePointer<Float>?)
}

extension CarriedState {
  public var programVariables: [Variable] { [] }
  public func prepare(images: UnsafeBufferPointer<Int32>) {}
}
