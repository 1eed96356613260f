/// Writes a statement in its canonical spelling: keywords in full, clauses in the order of the grammar, blocks indented by two.
struct StatementPrinter {
  static func text(of statement: Statement, indentation: String = "") -> String {
    let word = statement.keyword.name
    switch statement.kind {
    case .letBinding(let name, let formula): return "\(word) \(name.name) = \(formula.source)"
    case .valBinding(let name, let formula, let sample): return "\(word) \(name.name) = \(formula.source)" + text(of: sample)
    case .loss(let mode, let formulas):
      return (mode == .symmetric ? [word] : [word, mode.rawValue]).joined(separator: " ") + " " + text(of: formulas)
    case .track(let name, let formula, let cadence, let sample):
      return "\(word) \(name.name) = \(formula.source) every \(cadence.rawValue)" + text(of: sample)
    case .print(let formulas, let sample): return "\(word) \(text(of: formulas))" + text(of: sample)
    case .expect(let formula, let sample), .decompose(let formula, let sample):
      return "\(word) \(formula.source)" + text(of: sample)
    case .forLoop(let variable, let items, let jobs, let body):
      let parallel = jobs.map { "parallel " + ExpressionPrinter.text(of: $0, atLeast: .sum) + " " } ?? ""
      return "\(word) \(variable.name) in \(items.source) \(parallel)" + text(of: body, indentation)
    case .conditional(let condition, let body, let otherwise):
      return "\(word) \(condition.source) " + text(of: body, indentation) + elseText(otherwise, indentation)
    case .include(let path): return "\(word) \(ExpressionPrinter.literal(path.name))"
    case .layers(let name, let formula):
      return (word == name.name ? word : "\(word) \(name.name) =") + " " + text(of: formula.layers)
    case .command(let arguments): return ([word] + arguments.map(text)).joined(separator: " ")
    case .train(let isFresh, let amount, let unit, let name): return word + train(isFresh, amount, unit, name)
    case .history(let history): return word + text(of: history)
    case .export(let export): return "\(word) " + text(of: export)
    case .sql(let query, _): return "\(word) \(query)"
    case .table(let table): return word + text(of: table)
    case .plot(let plot): return "\(word) " + text(of: plot)
    case .watch(let watch): return "\(word) " + text(of: watch)
    }
  }

  private static func text(of formulas: [Expression]) -> String { formulas.map(\.source).joined(separator: ", ") }

  private static func text(of sample: Sample?) -> String {
    switch sample?.kind {
    case nil: ""
    case .train: " on train"
    case .test: " on test"
    case .batches(let count): " on \(ExpressionPrinter.text(of: count, atLeast: .product)) batches"
    }
  }

  /// `{`, a line for each statement, `}`.
  private static func text(of body: [Statement], _ indentation: String) -> String {
    let inner = indentation + "  "
    let lines = body.map { inner + text(of: $0, indentation: inner) + "\n" }
    return "{\n" + lines.joined() + indentation + "}"
  }

  private static func elseText(_ otherwise: [Statement], _ indentation: String) -> String {
    if otherwise.isEmpty { return "" }
    if otherwise.count == 1, case .conditional = otherwise[0].kind {
      return " else " + text(of: otherwise[0], indentation: indentation)
    }
    return " else " + text(of: otherwise, indentation)
  }

  private static func train(
    _ isFresh: Bool, _ amount: Expression?, _ unit: Statement.TrainingUnit, _ name: Expression?
  ) -> String {
    var text = isFresh ? " fresh" : ""
    if let amount {
      text += " " + ExpressionPrinter.text(of: amount, atLeast: .sum)
      if unit == .steps { text += " steps" }
    }
    if let name { text += " as \(name.source)" }
    return text
  }
}

// Words, options and layers.
extension StatementPrinter {
  private static func text(of argument: Argument) -> String {
    switch argument.kind {
    case .word(let word): return word
    case .string(let string): return ExpressionPrinter.literal(string)
    case .option(let key, let value): return "\(key.name)=\(optionText(value))"
    case .value(let value):
      let text = optionText(value)
      // A name or string at its beginning would be read as an argument of its own.
      return text.first.map { $0.isNumber || "[(-".contains($0) } ?? false ? text : "(\(text))"
    }
  }

  /// A range stands without parentheses, everything else looser than a product in them.
  private static func optionText(_ value: Expression) -> String {
    if case .range = value.kind { return ExpressionPrinter.text(of: value, compact: true) }
    return ExpressionPrinter.text(of: value, atLeast: .product, compact: true)
  }

  private static func text(of layers: [LayerFormula.Layer]) -> String { layers.map(text).joined(separator: " + ") }

  private static func text(of layer: LayerFormula.Layer) -> String {
    if let width = layer.width {
      return layer.name.name + " " + ExpressionPrinter.text(of: width, atLeast: .product, compact: true)
    }
    if !layer.options.isEmpty {
      return layer.name.name + "(" + layer.options.map { "\($0.0.name)=\(optionText($0.1))" }.joined(separator: ", ") + ")"
    }
    return layer.inner.isEmpty ? layer.name.name : "\(layer.name.name)(\(text(of: layer.inner)))"
  }
}

// The record.
extension StatementPrinter {
  private static func text(of history: HistoryStatement) -> String {
    var text = ""
    if let run = history.run { text += " " + runText(run) }
    if let copy = history.copy { text += " save " + ExpressionPrinter.literal(copy.name) }
    if let filter = history.filter { text += " where " + ExpressionPrinter.text(of: filter, atLeast: .or) }
    if !history.columns.isEmpty { text += " columns " + sums(history.columns) }
    if !history.sort.isEmpty {
      let keys = history.sort.map { ExpressionPrinter.text(of: $0.0, atLeast: .sum) + ($0.descending ? " desc" : "") }
      text += " sort " + keys.joined(separator: ", ")
    }
    if let limit = history.limit { text += " limit " + ExpressionPrinter.text(of: limit, atLeast: .sum) }
    if let format = history.format { text += " format " + format.rawValue }
    if let file = history.file { text += " > " + ExpressionPrinter.literal(file.name) }
    return text
  }

  private static func text(of export: ExportStatement) -> String {
    var text = export.table.rawValue
    if !export.runs.isEmpty { text += " of " + export.runs.map(optionText).joined(separator: ", ") }
    if let filter = export.filter { text += " where " + ExpressionPrinter.text(of: filter, atLeast: .or) }
    return text + " to " + ExpressionPrinter.literal(export.file.name)
  }

  private static func sums(_ expressions: [Expression]) -> String {
    expressions.map { ExpressionPrinter.text(of: $0, atLeast: .sum) }.joined(separator: ", ")
  }

  /// A number or string as it is, all else in parentheses: `history where …` has no run.
  private static func runText(_ run: Expression) -> String {
    let text = ExpressionPrinter.text(of: run, atLeast: .product)
    return text.first.map { $0.isNumber || $0 == "\"" || $0 == "(" } ?? false ? text : "(\(text))"
  }

  private static func text(of table: TableStatement) -> String {
    var columns = table.columns.map { column, _ in
      switch column {
      case .metric(let metric): ExpressionPrinter.text(of: metric, atLeast: .or)
      case .literal(let title, let values):
        ExpressionPrinter.literal(title) + " = " + ExpressionPrinter.text(of: values, atLeast: .or)
      }
    }
    // A first column that begins with the name `of` would be taken for the clause.
    if let first = columns.first, Parser.tableClauses.contains(String(first.prefix { $0.isLetter || $0.isNumber || $0 == "_" })) {
      columns[0] = "(\(first))"
    }
    var text = columns.isEmpty ? "" : " " + columns.joined(separator: ", ")
    if let pattern = table.pattern { text += " of " + ExpressionPrinter.text(of: pattern, atLeast: .or) }
    if let format = table.format { text += " as " + format.rawValue }
    return text
  }

  private static func text(of plot: PlotStatement) -> String {
    var text = text(of: plot.expressions)
    if plot.kind != .curves {
      text = "\(plot.kind.rawValue) \(text)"
    } else if plot.expressions.count == 1, PlotStatement.PlotKind(rawValue: text).map({ $0 != .curves }) ?? false {
      text = "(\(text))"
    }
    if !plot.runs.isEmpty { text += " of " + plot.runs.map(optionText).joined(separator: ", ") }
    if let (variable, range) = plot.against { text += " against \(variable.name) in \(range.source)" }
    text += self.text(of: plot.sample)
    if let file = plot.file { text += " to " + ExpressionPrinter.literal(file.name) }
    for (key, value) in plot.options { text += " \(key.name)=\(optionText(value))" }
    return text
  }

  private static func text(of watch: WatchStatement) -> String {
    switch watch {
    case .plot(let plot): "plot " + text(of: plot)
    case .stop(let condition, let reason):
      ExpressionPrinter.text(of: condition, atLeast: .or) + " stop" + (reason.map { " \($0.source)" } ?? "")
    case .off: "off"
    }
  }
}

extension Statement {
  /// The statement in its canonical spelling, which reads back as the same statement. A bare expression is a `print`.
  public var source: String { StatementPrinter.text(of: self) }
}
