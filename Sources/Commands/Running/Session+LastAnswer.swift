import Experiments

extension Session {
  /// What `ans` is, as strict JSON; nil where there is none yet, or where it has more entries than `count`.
  public func lastAnswer(atMost count: Int) -> String? {
    guard let value = experiment.definitions.constants["ans"]?.value, value.entryCount <= count else { return nil }
    return value.json
  }
}

extension Value {
  fileprivate var entryCount: Int {
    switch self {
    case .number, .flag, .text, .missing: 1
    case .list(let items): items.reduce(0) { $0 + $1.entryCount }
    case .tensor(let tensor, _): tensor.values.count
    }
  }
}
