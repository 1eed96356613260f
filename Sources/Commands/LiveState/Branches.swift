/// The states that `branch NAME` has kept.
struct Branches {
  private(set) var all: [(name: String, state: SessionState)] = []
  /// Kept or returned to last.
  var latest: String?

  mutating func keep(_ name: String, _ state: SessionState) {
    all.removeAll { $0.name == name }
    all.append((name, state))
    latest = name
  }

  subscript(_ name: String) -> SessionState? { all.first { $0.name == name }?.state }
}
