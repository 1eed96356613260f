/// Writes an expression with as few parentheses as reading it back needs.
struct ExpressionPrinter {
  private(set) var text = ""
  /// Products without blanks, `fc D/4`, as layers and options are written.
  let isCompact: Bool

  init(compact: Bool = false) { isCompact = compact }

  static func text(of expression: Expression, atLeast loosest: Precedence = .range, compact: Bool = false) -> String {
    var printer = ExpressionPrinter(compact: compact)
    printer.write(expression, atLeast: loosest)
    return printer.text
  }

  /// In parentheses when the expression is looser than its place allows.
  mutating func write(_ expression: Expression, atLeast loosest: Precedence) {
    // A bare `run("a")` takes a dot behind it for a member's, so as an operand it is kept in parentheses.
    let isBareRun = expression.isRunCall && loosest > .range
    guard expression.precedence < loosest || isBareRun else { return write(expression) }
    text += "("
    write(expression)
    text += ")"
  }

  private mutating func write(_ expression: Expression) {
    switch expression.kind {
    case .number(let value): text += Self.literal(value)
    case .string(let value): text += Self.literal(value)
    case .name(let name): text += name
    case .list(let items): writeList(items, "[", "]", atLeast: .range)
    case .comprehension(let body, let variable, let source):
      text += "["
      writeComprehension(body, variable, source)
      text += "]"
    case .call(let callee, let arguments): writeCall(callee, arguments)
    case .member(let base, let name):
      write(base)
      text += "." + name
    case .series(let metric, let run):
      text += metric.name + " of "
      write(run, atLeast: .range)
    case .unary(let operation, let operand):
      text += operation == .not ? "not " : "-"
      write(operand, atLeast: operation == .not ? .not : .negation)
    case .binary(let operation, let left, let right, _): writeBinary(operation, left, right)
    case .transpose(let operand):
      write(operand, atLeast: .primary)
      text += "'"
    case .index(let base, let subscripts): writeIndex(base, subscripts)
    case .range(let low, let high, let step): writeRange(low, high, step)
    case .predicate(let predicate, let subject, let operands): writePredicate(predicate, subject, operands)
    }
  }

  private mutating func writeList(_ items: [Expression], _ open: String, _ close: String, atLeast loosest: Precedence) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      write(item, atLeast: loosest)
    }
    text += close
  }

  private mutating func writeComprehension(_ body: Expression, _ variable: Binder, _ source: Expression) {
    write(body, atLeast: .range)
    text += " for \(variable.name) in "
    write(source, atLeast: .range)
  }

  private mutating func writeCall(_ callee: Expression, _ arguments: [Expression]) {
    write(callee)
    if arguments.count == 1, case .comprehension(let body, let variable, let source) = arguments[0].kind {
      text += "("
      writeComprehension(body, variable, source)
      text += ")"
    } else {
      writeList(arguments, "(", ")", atLeast: .series)
    }
  }

  private mutating func writeIndex(_ base: Expression, _ subscripts: [Expression.Subscript]) {
    write(base, atLeast: .primary)
    text += "["
    for (index, subscripted) in subscripts.enumerated() {
      if index > 0 { text += ", " }
      switch subscripted {
      case .all: text += ":"
      case .at(let expression): write(expression, atLeast: .range)
      }
    }
    text += "]"
  }

  private mutating func writeBinary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) {
    let precedence = operation.precedence
    switch precedence {
    case .power:
      write(left, atLeast: .primary)
      text += "^"
      write(right, atLeast: .negation)
    case .dot, .comparison:
      write(left, atLeast: precedence.tighter)
      text += " \(operation.rawValue) "
      write(right, atLeast: precedence.tighter)
    default:
      write(left, atLeast: precedence)
      text += isCompact && precedence == .product ? operation.rawValue : " \(operation.rawValue) "
      write(right, atLeast: precedence.tighter)
    }
  }

  /// `1..3`, but `a + 1 .. b`: without blanks only where the operands hold together by themselves.
  private mutating func writeRange(_ low: Expression, _ high: Expression, _ step: Expression?) {
    // Among words the operands are products at the loosest.
    let loosest: Precedence = isCompact ? .product : .or
    let isTight = isCompact || (low.precedence >= .negation && high.precedence >= .negation)
    write(low, atLeast: loosest)
    text += isTight ? ".." : " .. "
    write(high, atLeast: loosest)
    guard let step else { return }
    text += " step "
    write(step, atLeast: loosest)
  }

  private mutating func writePredicate(_ predicate: QueryPredicate, _ subject: Expression, _ operands: [Expression]) {
    write(subject, atLeast: .sum)
    text += " " + predicate.rawValue
    for (index, operand) in operands.enumerated() {
      text += index == 0 ? " " : " and "
      write(operand, atLeast: .sum)
    }
  }
}

// Literals.
extension ExpressionPrinter {
  /// The shortest text that reads back as the same number; integers without a point.
  static func literal(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func literal(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Expression {
  /// The formula in its canonical spelling: names in Latin letters, one blank around operators, no needless parentheses.
  /// Reading it back gives the same tree.
  public var source: String { ExpressionPrinter.text(of: self) }
}
