import Commands

/// What kind of thing a completion is, for lists that show it.
struct CandidateKinds {
  private let names: [String: String]
  private let metrics: Set<String>
  private let settings: Set<String>
  private let runs: Set<String>
  private let context: CursorContext

  /// - Parameter context: of the place where the candidate begins.
  init(vocabulary: Vocabulary, context: CursorContext) {
    names = Dictionary(vocabulary.names.map { ($0.name, $0.kind.name) }) { first, _ in first }
    metrics = Set(vocabulary.metrics)
    settings = Set(vocabulary.settings)
    runs = Set(vocabulary.runNames)
    self.context = context
  }

  func name(of text: String) -> String {
    if context.isInString { return runs.contains(text) ? "run" : text.hasSuffix("/") ? "folder" : "file" }
    if text.hasSuffix("=") { return "option" }
    if text.first?.isNumber == true { return "run" }
    if context.keyword == nil, context.function == nil, Self.statements.contains(text) { return "statement" }
    let bare = text.hasSuffix("(") ? String(text.dropLast()) : text
    if let kind = names[bare] { return kind }
    if metrics.contains(bare) { return "metric" }
    if settings.contains(bare) { return "setting" }
    return Self.statements.contains(bare) ? "statement" : "word"
  }

  private static let statements = Set(Session.declarations.map(\.keyword))
}

extension Vocabulary.Name.Kind {
  fileprivate var name: String {
    switch self {
    case .quantity: "quantity"
    case .formula: "formula"
    case .value: "value"
    case .function: "function"
    case .module: "module"
    }
  }
}
