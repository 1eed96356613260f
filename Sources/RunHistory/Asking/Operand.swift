import GRDB

/// A piece of a query in SQL, with what it is. `r` is the run, `v` its verdict, `e` its environment.
enum Operand {
  case number(SQL)
  case text(SQL)
  case date(SQL)
  /// True, or else 0 or NULL, which both are false.
  case condition(SQL)
  /// A number, a text or a flag, whichever the other side wants.
  case setting(String)
  /// A column of a metric's summary; nil when no run has the metric.
  case metric(Int64?, SQL)
  /// Many texts a run: tags, notes.
  case labels(SQL)
}

extension Operand {
  /// What a message calls it.
  var kindName: String {
    switch self {
    case .number, .metric: "a number"
    case .text, .labels: "text"
    case .date: "a date"
    case .condition: "true or false"
    case .setting: "a setting"
    }
  }

  /// As a number; nil for text and dates.
  var number: SQL? {
    switch self {
    case .number(let sql): sql
    case .condition(let sql): "(\(sql) IS TRUE)"
    case .metric(let id, let column): Self.summary(id, column)
    case .setting(let name): Self.setting(name, "coalesce(number, flag)")
    case .text, .date, .labels: nil
    }
  }

  /// As text; nil for what cannot be.
  var text: SQL? {
    switch self {
    case .text(let sql): sql
    case .setting(let name): Self.setting(name, "text")
    case .number, .date, .condition, .metric, .labels: nil
    }
  }

  /// True where the run has none of it.
  var isMissing: SQL {
    switch self {
    case .number(let sql), .text(let sql), .date(let sql): "(\(sql)) IS NULL"
    case .condition: "0"
    case .setting(let name): "NOT EXISTS (SELECT 1 FROM settings WHERE run_id = r.id AND name = \(name))"
    case .metric(let id, _): "NOT EXISTS (SELECT 1 FROM summaries WHERE run_id = r.id AND metric_id = \(id))"
    case .labels(let rows): "NOT EXISTS (SELECT 1 FROM (\(rows)))"
    }
  }

  /// What orders rows. A metric's NaN is NULL here: neither order may begin with it.
  var key: SQL {
    switch self {
    case .setting(let name): Self.setting(name, "coalesce(number, flag, text)")
    case .labels(let rows): "(SELECT min(label) FROM (\(rows)))"
    case .text(let sql): "(\(sql)) COLLATE NOCASE"
    case .metric(let id, let column): Self.summary(id, column)
    case .condition(let sql): "(\(sql) IS TRUE)"
    case .number(let sql), .date(let sql): sql
    }
  }

  /// What a cell shows. A NaN, which SQL does not have, is the text `nan` in a metric's column.
  var value: SQL {
    switch self {
    case .number(let sql), .text(let sql): sql
    case .date(let sql): "strftime('%Y-%m-%d %H:%M:%S', \(sql), 'localtime')"
    case .condition(let sql): "CASE WHEN \(sql) THEN 'true' ELSE 'false' END"
    case .setting(let name): Self.setting(name, SQL(sql: SettingValue.shown))
    case .metric(let id, let column): Self.summary(id, "coalesce(\(column), 'nan')")
    case .labels(let rows): "(SELECT group_concat(label, ', ') FROM (\(rows)))"
    }
  }

  private static func setting(_ name: String, _ column: SQL) -> SQL {
    "(SELECT \(column) FROM settings WHERE run_id = r.id AND name = \(name))"
  }

  /// How many values of a metric a run has.
  static func count(of id: Int64?) -> SQL { "coalesce(\(summary(id, "count")), 0)" }

  private static func summary(_ id: Int64?, _ column: SQL) -> SQL {
    "(SELECT \(column) FROM summaries WHERE run_id = r.id AND metric_id = \(id))"
  }
}
