import Foundation
import SourceText
import Synchronization
import Syntax
import Testing

/// Reads one expression that is expected to be right.
func expression(_ text: String) throws -> Syntax.Expression {
  try Parser.expression(of: SourceFile(name: "<test>", text: text))
}

func statements(_ text: String, mode: Parser.Mode = .script) throws -> [Statement] {
  try Parser.statements(of: SourceFile(name: "<test>", text: text), mode: mode)
}

/// The rendered diagnostic of a text that is expected to be wrong; nil when it is not.
func mistake(_ text: String, mode: Parser.Mode = .script) -> String? {
  do {
    _ = try Parser.statements(of: SourceFile(name: "t", text: text), mode: mode)
    return nil
  } catch {
    return DiagnosticRenderer().render(error)
  }
}

/// The tree as nested lists, spans left out: `1 + x` is `(+ 1 x)`.
func form(_ expression: Syntax.Expression) -> String {
  func list(_ head: String) -> String { "(" + ([head] + expression.kind.children.map(form)).joined(separator: " ") + ")" }
  return switch expression.kind {
  case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  case .string(let text): "\"\(text)\""
  case .name(let name): name
  case .list: list("list")
  case .comprehension(_, let variable, _): list("each \(variable.name)")
  case .call: list("call")
  case .member(_, let name): list("member \(name)")
  case .series(let metric, _): list("series \(metric.name)")
  case .unary(let operation, _): list(operation.rawValue)
  case .binary(let operation, _, _, _): list(operation.rawValue)
  case .transpose: list("transpose")
  case .index(_, let subscripts): list("index" + (subscripts.contains(where: \.isAll) ? " all" : ""))
  case .range: list("range")
  case .predicate(let predicate, _, _): list(predicate.rawValue)
  }
}

/// Runs on a thread with the main thread's 8 MiB of stack: those that tests run on have a sixteenth of it.
func onMainSizedStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result? {
  let box = Mutex<Result?>(nil)
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    let result = body()
    box.withLock { $0 = result }
    done.signal()
  }
  thread.stackSize = 8 << 20
  thread.start()
  done.wait()
  return box.withLock { $0 }
}
