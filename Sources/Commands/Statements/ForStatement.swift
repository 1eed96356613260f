import Experiments
import Foundation
import SourceText
import Syntax
import Tensors

/// `for x in [0.1, 0.2] { … }`, `for x in [0.1, 0.2] parallel 2 { … }`
enum ForStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "for", signature: "for NAME in LIST [parallel N] { … }",
    summary:
      "once for every item; items may be numbers, ranges, strings or formulas; `parallel`: N processes at a time, each item an experiment of its own",
    examples: ["for tau in [0.1, 0.2] { print tau }", "for s in 1..2 parallel 2 { seed s; train 1 steps as \"seed {s}\" }"],
    clauses: [.init("in", [.formula]), .init("parallel", after: "in", [])])

  /// The statements inside are recorded one by one.
  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .forLoop(let name, let source, let jobs, let body) = statement.kind else { return }
    try session.checkNotReserved(name)
    if case .list(let items) = source.kind {
      let texts = items.map(\.span.text)
      for place in try places(of: texts, statement, jobs, in: session) {
        try iterate(name, body, jobs, session) { () throws(StatementFailure) in try bind(name, items[place], session) }
      }
      return
    }
    if session.isChecking, session.asksRuns(source) {
      // A check has no runs to loop over: what is said in the loop is read once.
      return try iterate(name, body, jobs, session) { session.experiment.definitions.set(name.name, to: .number(.nan), source: name.name) }
    }
    let value = try session.value(source, owner: "for")
    guard let items = value.items else {
      throw .wrong(
        Diagnostic(
          "`\(source.span.text.shortened)` is \(value.kindText): `for` needs a list or a range", at: source.span, hint: "`for x in 1..3 { … }`"))
    }
    for place in try places(of: items.map(\.text), statement, jobs, in: session) {
      let item = items[place]
      try iterate(name, body, jobs, session) { () throws(StatementFailure) in
        session.experiment.definitions.set(name.name, to: item, source: item.text)
        if let literal = item.literal { session.transcribe("val \(name.name) = \(literal)") }
      }
    }
  }

  /// Which items are run here: all, but of a parallel loop the one that this process was started for. Where there is none such, all are run in other
  /// processes.
  private static func places(
    of items: [String], _ statement: Statement, _ jobs: Expression?, in session: Session
  ) throws(StatementFailure) -> Range<Int> {
    guard let jobs, case .forLoop(let name, _, _, _) = statement.kind else { return items.indices }
    let points = items.map { "\(name.name) = \($0)" }
    if session.isChecking {
      _ = try ParallelLoop(statement, points: points, jobs: jobs, in: session)
      if session.checking?.isInPoint == false { session.checking?.points += points }
      return items.indices
    }
    guard var chosen = session.chosenPoint else {
      try ParallelLoop(statement, points: points, jobs: jobs, in: session).run()
      return 0..<0
    }
    if let expected = chosen.expectedCount, expected != items.count {
      throw .failed(Diagnostic("the loop had \(expected) items when it began, and has \(items.count) now", at: statement.keyword.span))
    }
    let place = chosen.number - chosen.passedCount
    chosen.passedCount += items.count
    session.chosenPoint = chosen
    guard items.indices.contains(place) else { return 0..<0 }
    // Every point begins alike, and loops inside it are loops of their own.
    if session.experiment.position > 0 { session.reset() }
    session.chosenPoint = nil
    // Who started this process for it says so itself.
    if chosen.expectedCount == nil { session.note(points[place]) }
    return place..<place + 1
  }

  private static func iterate(
    _ name: Binder, _ body: [Statement], _ jobs: Expression?, _ session: Session, _ bind: () throws(StatementFailure) -> Void
  ) throws(StatementFailure) {
    let wasInPoint = session.checking?.isInPoint ?? false
    session.checking?.isInPoint = wasInPoint || jobs != nil
    defer { session.checking?.isInPoint = wasInPoint }
    try bind()
    try session.execute(body)
    // Behind the point that a process was started for comes nothing.
    if jobs != nil, !session.isChecking { throw .quit }
  }

  /// A literal is bound as a value; anything else as a formula, which is re-read wherever it is used.
  private static func bind(_ name: Binder, _ item: Expression, _ session: Session) throws(StatementFailure) {
    if item.isLiteral {
      session.experiment.definitions.set(name.name, to: try session.value(item, owner: "for"), source: item.span.text)
      session.transcribe("val \(name.name) = \(item.source)")
    } else {
      session.experiment.definitions.define(name, as: item)
      session.transcribe("let \(name.name) = \(item.source)")
    }
  }
}

extension Expression {
  /// A number or text as written, with its sign.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .number, .string: return true
    case .unary(.negate, let operand):
      if case .number = operand.kind { return true }
      return false
    default: return false
    }
  }
}

extension Value {
  /// What a loop runs over.
  var items: [Value]? {
    switch self {
    case .list(let items): items
    case .tensor(let tensor, let shape) where shape.rank >= 1: rows(of: tensor, shape)
    default: nil
    }
  }

  /// The entries of a vector, the rows of anything larger.
  private func rows(of tensor: Tensor, _ shape: NamedShape) -> [Value] {
    let inner = NamedShape(Array(shape.axes.dropFirst()))
    guard inner.rank > 0 else { return tensor.values.map { .number(Double($0)) } }
    let size = inner.shape.count
    return (0..<shape.axes[0].size).map { row in
      .tensor(Tensor(shape: inner.shape, values: Array(tensor.values[row * size..<(row + 1) * size])), inner)
    }
  }
}
