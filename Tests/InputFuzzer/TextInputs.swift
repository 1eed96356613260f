import Foundation
import SourceText
import Syntax
import TestSupport

/// Programs, and what a prompt is given: read, shown back, complained about.
final class TextInputs: InputKind {
  static let name = "text"
  static let share = 400
  private let known: [[UInt8]]

  init(folder: String) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardizedFileURL
    let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent("examples").path)?.compactMap { $0 as? String } ?? []
    known = paths.sorted().filter { $0.hasSuffix(".siam") }.flatMap { path -> [[UInt8]] in
      let text = (try? String(contentsOf: root.appendingPathComponent("examples/\(path)"), encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map { Array($0.utf8) }
    }
  }

  func make(_ random: inout SplitMix64) -> [UInt8] {
    let made = Array(TextMaker.program(&random).utf8)
    switch random.integer(0...3) {
    case 0: return made
    case 1: return random.damaged(made, with: known.isEmpty ? made : random.pick(known))
    default: return random.damaged(known.isEmpty ? made : random.pick(known), with: made)
    }
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    let mode: Parser.Mode = random.chance(0.5) ? .script : .prompt
    let file: SourceFile
    do { file = try SourceFile(utf8: input, called: "input") } catch { return try Self.check(error) }
    _ = Parser.isIncomplete(file.text)
    let statements: [Statement]
    do {
      statements = try Parser.statements(of: file, mode: mode) { ["mo", "h", "re", "x"].contains($0) }
    } catch {
      return try Self.check(error)
    }
    for statement in statements { try checkPrinted(statement.source) }
    if let tree = try? Parser.expression(of: file) { try checkPrinted(tree) }
    return true
  }

  /// A complaint can be shown: it points into the text, and nothing in it commands the terminal.
  static func check(_ complaint: Diagnostic) throws(WrongAnswer) -> Bool {
    let shown = DiagnosticRenderer().render(complaint)
    if shown.unicodeScalars.contains(where: { $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value)) }) {
      throw WrongAnswer("a control character in: \(shown)")
    }
    if shown.utf8.count > 3_000 { throw WrongAnswer("a complaint of \(shown.utf8.count) bytes") }
    return false
  }

  private func checkPrinted(_ printed: String) throws(WrongAnswer) {
    do throws(Diagnostic) {
      let again = try Parser.statements(of: SourceFile(name: "again", text: printed), mode: .script)
      guard again.map(\.source) == [printed] else { throw Diagnostic("it prints as \(again.map(\.source))", at: nil) }
    } catch {
      throw WrongAnswer("printed as \(printed)\n\(DiagnosticRenderer().render(error))")
    }
  }

  private func checkPrinted(_ tree: Syntax.Expression) throws(WrongAnswer) {
    do throws(Diagnostic) {
      let again = try Parser.expression(of: SourceFile(name: "again", text: tree.source))
      guard again.isSame(as: tree) else { throw Diagnostic("it is another tree: \(again.source)", at: nil) }
    } catch {
      throw WrongAnswer("printed as \(tree.source)\n\(DiagnosticRenderer().render(error))")
    }
  }
}
