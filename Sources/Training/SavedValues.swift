import Graph
import Tensors

/// A copy of some variables, to go back to.
final class SavedValues {
  private let variables: [Variable]
  private let copies: [Buffer]

  init(of variables: [Variable]) {
    self.variables = variables
    copies = variables.map { Buffer(count: $0.buffer.count) }
  }

  func save() {
    for (variable, copy) in zip(variables, copies) { copy.pointer.update(from: variable.buffer.pointer, count: copy.count) }
  }

  func restore() {
    for (variable, copy) in zip(variables, copies) { variable.buffer.pointer.update(from: copy.pointer, count: copy.count) }
  }
}
