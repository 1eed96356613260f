/// What editors are given, by name.
public enum EditorSupport: String, CaseIterable, Sendable {
  case vim, textmate

  public var text: String {
    switch self {
    case .vim: VimSyntax.text
    case .textmate: TextMateGrammar.text
    }
  }
}
