extension String {
  /// The user's words, short enough for a message: at most 40 characters.
  public var shortened: String { count <= 40 ? self : prefix(37) + "…" }
}
