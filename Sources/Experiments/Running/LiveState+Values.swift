import Checkpoints
import Tensors

extension LiveState.Content {
  /// A value as a checkpoint keeps it; its tensors go beside those of the model.
  init(_ value: Value, named name: String, adding tensors: inout [NamedTensor]) {
    switch value {
    case .number(let number): self = .number("\(number)")
    case .flag(let flag): self = .flag(flag)
    case .text(let text): self = .text(text)
    case .missing: self = .missing
    case .list(let items):
      self = .list(items.enumerated().map { index, item in Self(item, named: "\(name)/\(index + 1)", adding: &tensors) })
    case .tensor(let tensor, let shape):
      let buffer = Buffer(count: tensor.values.count)
      buffer.pointer.update(from: tensor.values, count: tensor.values.count)
      tensors.append(NamedTensor(name: name, shape: tensor.shape, buffer: buffer))
      self = .tensor(name, axes: shape.axes.map { $0.name?.label })
    }
  }

  /// The value again; nil where its tensor is not in the file.
  func value(from contents: SafetensorsContents) -> Value? {
    switch self {
    case .number(let digits): return Double(digits).map { .number($0) }
    case .flag(let flag): return .flag(flag)
    case .text(let text): return .text(text)
    case .missing: return .missing
    case .list(let items):
      let values = items.compactMap { $0.value(from: contents) }
      return values.count == items.count ? .list(values) : nil
    case .tensor(let name, let axes):
      guard let tensor = contents.tensor(name), tensor.shape.rank == axes.count else { return nil }
      return .tensor(tensor, NamedShape(zip(axes, tensor.shape.extents).map { Axis($0.map(AxisName.init(label:)), $1) }))
    }
  }
}

extension AxisName {
  /// As a checkpoint spells it: a module's name after a colon, since a module may be called `batch`.
  fileprivate var label: String {
    if case .named(let name) = self { ":" + name } else { text }
  }

  fileprivate init(label: String) {
    switch label {
    case "batch": self = .batch
    case "dim": self = .dim
    case "feature": self = .feature
    default: self = .named(label.hasPrefix(":") ? String(label.dropFirst()) : label)
    }
  }
}
