/// The forms in which a table can be had.
public enum TableFormat: String, CaseIterable, Sendable { case table, csv, json, markdown, latex }
