/// Prose, written as Markdown, on a page.
public enum Prose {
  /// What can stand in the body of a page. HTML in the text is text, and addresses that run something are no links.
  public static func html(_ markdown: String) -> String { MarkdownDocument(markdown).html.markup }

  /// Markdown of which every reader makes the same as `html` does.
  public static func markdown(_ markdown: String) -> String { MarkdownDocument(markdown).text }
}
