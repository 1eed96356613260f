/// The forms in which a table can be had.
public enum TableFormat: String, CaseIterable, Sendable { case table, csv, json, markdown, latex }

extension TableFormat {
  /// What a file of that name is expected to hold: `runs.csv`, `runs.tex`; nil where its suffix does not say.
  public init?(fileName: String) {
    switch fileName.split(separator: ".").last?.lowercased() {
    case "csv": self = .csv
    case "json": self = .json
    case "md", "markdown": self = .markdown
    case "tex", "latex": self = .latex
    default: return nil
    }
  }
}
