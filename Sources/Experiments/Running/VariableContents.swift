import Graph
import Tensors

/// The numbers that variables held at one moment. They are copied when something is about to change them and not before, so that a snapshot
/// which no training follows costs nothing.
final class VariableContents {
  /// Those of the snapshots of this moment, which may be of several models.
  private var variables: [ObjectIdentifier: Variable] = [:]
  private var copies: [ObjectIdentifier: Buffer] = [:]

  /// A snapshot is taken of a model with these.
  func note(_ variables: [Variable]) {
    for variable in variables { self.variables[ObjectIdentifier(variable)] = variable }
  }

  /// Copies what the variables hold. What was copied before is what they hold still.
  func keep() {
    for (identity, variable) in variables where copies[identity] == nil {
      let copy = Buffer(count: variable.buffer.count)
      copy.pointer.update(from: variable.buffer.pointer, count: copy.count)
      copies[identity] = copy
    }
  }

  /// What `keep` will take.
  var missingBytes: Int { variables.reduce(0) { copies[$1.key] == nil ? $0 + $1.value.byteCount : $0 } }

  /// Writes the numbers back, where they were copied; those that were not are still in place.
  func putBack() {
    for (identity, values) in copies { variables[identity]?.buffer.pointer.update(from: values.pointer, count: values.count) }
  }

  var byteCount: Int { copies.values.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride } }
}
