import Experiments
import RunHistory
import SourceText
import Syntax

/// A run that a statement names, and where it does.
struct NamedRun {
  let id: Int64
  let site: SourceSpan
}

extension [NamedRun] {
  /// `run 4`, `runs 4, 5, 9`, `12 runs`
  var text: String {
    switch count {
    case 1: "run \(numbers)"
    case 2...10: "runs " + map { "\($0.id)" }.joined(separator: ", ")
    default: "\(count) runs"
    }
  }

  /// As they can be typed again; those in a row as a range.
  var numbers: String {
    var ranges: [ClosedRange<Int64>] = []
    for id in map(\.id) {
      if let last = ranges.last, last.upperBound + 1 == id { ranges[ranges.count - 1] = last.lowerBound...id } else { ranges.append(id...id) }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: " ")
  }
}

extension Session {
  /// Takes the arguments that name runs: numbers (`41`), ranges (`3..7`) and names in quotes, of which `*` stands for any text and which mean all
  /// runs called so. Each run once, in the order of the words.
  ///
  /// - parameter leaving: how many arguments at the end are something else; with no others the session's latest run is meant.
  /// - parameter areForgotten: names are those of forgotten runs.
  func runs(
    _ arguments: inout StatementArguments, leaving: Int = 0, areForgotten: Bool = false
  ) throws(StatementFailure) -> [NamedRun] {
    if leaving > 0, arguments.rest.count <= leaving, !isNumber(arguments.rest.first) {
      guard let latest = record.entries.last else {
        throw .wrong(Diagnostic("there is no run in this session yet", at: arguments.site, hint: "name one by its number"))
      }
      return [NamedRun(id: latest.id, site: arguments.site)]
    }
    var runs: [NamedRun] = []
    repeat {
      let site = arguments.rest.first?.span ?? arguments.site
      for id in try runNumbers(&arguments, areForgotten) where !runs.contains(where: { $0.id == id }) { runs.append(NamedRun(id: id, site: site)) }
    } while arguments.rest.count > leaving
    try check(runs)
    return runs
  }

  /// Before anything is changed.
  private func check(_ runs: [NamedRun]) throws(StatementFailure) {
    for run in runs {
      let history = try history(at: run.site)
      _ = try recording(at: run.site) { () throws(HistoryError) in try history.record(of: run.id) }
    }
  }

  private func runNumbers(_ arguments: inout StatementArguments, _ areForgotten: Bool) throws(StatementFailure) -> [Int64] {
    if case .value(let value)? = arguments.rest.first?.kind, case .range = value.kind {
      _ = arguments.next()
      let numbers = try self.value(value, owner: "run numbers").numbers ?? []
      let whole = numbers.compactMap { Int64(exactly: $0) }
      guard whole.count == numbers.count, whole.allSatisfy({ $0 >= 1 }), !whole.isEmpty else {
        throw .wrong(Diagnostic("`\(value.span.text.shortened)` is no range of run numbers", at: value.span, hint: "`3..7`"))
      }
      return whole
    }
    guard isName(arguments.rest.first) else { return [Int64(try arguments.integer("run number", in: 1...(1 << 53)))] }
    let (name, site) = try arguments.text("run")
    return try runNumbers(named: name, areForgotten: areForgotten, at: site)
  }

  private func isNumber(_ argument: Argument?) -> Bool { if case .value? = argument?.kind { true } else { false } }

  /// A word may stand for a number that the user has named.
  private func isName(_ argument: Argument?) -> Bool {
    switch argument?.kind {
    case .string: true
    case .word(let word): !experiment.definitions.names.contains(word)
    default: false
    }
  }

  /// The numbers of all runs of a name, in which `*` stands for any text.
  func runNumbers(named name: String, areForgotten: Bool = false, at site: SourceSpan) throws(StatementFailure) -> [Int64] {
    let history = try history(at: site)
    let found = try recording(at: site) { () throws(HistoryError) in try history.runs(named: name, areForgotten: areForgotten) }
    guard found.isEmpty else { return found.map(\.id) }
    let hint = NearestNames.question(for: name, among: record.runNames) ?? "`history\(areForgotten ? " forgotten" : "")` lists the newest ones"
    throw .wrong(Diagnostic("there is no \(areForgotten ? "forgotten " : "")run called `\(name.shortened)`", at: site, hint: hint))
  }
}

extension Value {
  fileprivate var numbers: [Double]? {
    switch self {
    case .number(let number): [number]
    case .tensor(let tensor, _): tensor.values.map(Double.init)
    case .list(let items): items.compactMap { if case .number(let number) = $0 { number } else { nil } }
    case .flag, .text, .missing: nil
    }
  }
}
