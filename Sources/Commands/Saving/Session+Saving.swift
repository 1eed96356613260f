import Checkpoints
import Foundation
import SourceText
import Syntax

extension Session {
  /// The first line of a notebook that a session has written: such a file may be written again.
  private static let title = "# A session of Siam"

  /// With a sum of all that follows, by which it is seen whether somebody has changed it.
  private static func title(of body: String) -> String {
    "\(title) \(SiamVersion.text) · \(FileHash.sha256(of: Array(body.utf8)).prefix(8))"
  }

  /// Writes the session so far as a notebook.
  func saveNotebook(_ name: String, isMinimal: Bool, at site: SourceSpan, besides file: SourceFile) throws(StatementFailure) {
    let path = try writablePath(name, at: site, besides: file)
    let text = SessionText(self, in: NSString(string: path).deletingLastPathComponent)
    let all = text.statements
    let count = all.count { $0.obstacle == nil }
    var saved = all
    var proof: String?
    if isMinimal {
      let hash = try StatementFailure.wrap { () throws(Diagnostic) in try liveHash() }
      if all.contains(where: { $0.statements.withNested.contains(where: \.isTraining) }) {
        note("training again beside the session, for the proof …")
      }
      if let minimal = try minimal(all, hash: hash) {
        saved = minimal
        proof = "the live state, hash \(hash.prefix(16)), is reproduced"
      } else {
        proof = "none was left out, as \(reasonAgainst(all, hash))"
      }
    }
    for statement in saved {
      let source = statement.source.shortened
      if statement.remark != nil { output.diagnostic(Diagnostic(.warning, "`\(source)` was stopped: the notebook trains it to its end", at: site)) }
      if statement.isHalfDone {
        let message = "`\(source)` failed halfway: what it had done by then is not in the notebook"
        output.diagnostic(Diagnostic(.warning, message, at: site))
      }
    }
    let mayReplace = isOurs(path)
    let body = ([header(of: saved, name, proof)] + saved.map(\.text)).joined(separator: "\n") + "\n"
    let written = Self.title(of: body) + "\n" + body
    do throws(Diagnostic) {
      try WholeFile.write(written.utf8, to: path, mayReplace: mayReplace)
    } catch {
      let isThere = !mayReplace && FileManager.default.fileExists(atPath: path)
      guard isThere else { throw .failed(Diagnostic(error.message, at: site, hint: error.hints.first)) }
      throw .wrong(
        Diagnostic(
          error.message, at: site, hint: "it is no saved session, or was changed since, so it is not overwritten: choose another name"))
    }
    let keptCount = saved.count { $0.obstacle == nil }
    let left = count - keptCount
    note("\(name): \(keptCount.counted("statement"))" + (isMinimal ? ", \(left) left out; \(proof ?? "")" : ""))
  }

  private func header(of statements: [SavedStatement], _ name: String, _ proof: String?) -> String {
    let permissions = Permissions.needed(by: statements.filter { $0.obstacle == nil }.flatMap(\.statements)).map { " \($0)" }.joined()
    let file = DisplayText.visible(NSString(string: name).lastPathComponent)
    return
      "# `siam run \(file)\(permissions)` runs it again, `siam test \(file)\(permissions)` compares what it answers.\n"
      + (proof.map { "# Of the session's statements those that its state needs: \($0).\n" } ?? "")
  }

  private func isOurs(_ path: String) -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return true }
    guard let text = (try? SourceFile(contentsOf: path, unless: { Session.interruption.isRequested }))?.text,
      let end = text.firstIndex(of: "\n")
    else { return false }
    return text[..<end].hasPrefix(Self.title) && text[..<end] == Self.title(of: String(text[text.index(after: end)...]))
  }

  // MARK: Proof

  /// Why nothing shorter was found.
  private func reasonAgainst(_ all: [SavedStatement], _ hash: String) -> String {
    if let stopped = all.first(where: { $0.remark != nil }) { return "`\(stopped.source.shortened)` was stopped" }
    if let half = all.first(where: \.isHalfDone) { return "`\(half.source.shortened)` failed halfway" }
    if let asking = all.first(where: { $0.changesExperiment && MinimalSession.asksRuns($0) }) {
      return "`\(asking.source.shortened)` asks for runs"
    }
    return "they do not give the live state, hash \(hash.prefix(16)), again"
  }

  /// Of the live state with its settings; without a data set there is no model, and the values are all there is.
  private func liveHash() throws(Diagnostic) -> String {
    guard experiment.dataset != nil else {
      let values = experiment.definitions.constants.values.sorted { $0.name < $1.name }.map { "\($0.name) = \($0.value.literal ?? $0.value.text)" }
      let formulas = experiment.definitions.formulas.values.sorted { $0.name < $1.name }.map { "\($0.name): \($0.expression.source)" }
      return FileHash.sha256(of: Array((values + formulas).joined(separator: "\n").utf8))
    }
    return try checkpoint(of: nil, at: nil).stateHash()
  }

  /// The shortest guess that leads to the live state; nil where none does.
  private func minimal(_ all: [SavedStatement], hash: String) throws(StatementFailure) -> [SavedStatement]? {
    // A replay beside the session must not reach for what the session keeps to be taken back.
    guard let leading = MinimalSession.leading(all) else { return nil }
    // A replay finds the session's own runs, and the notebook will have none but those that it makes.
    if leading.contains(where: { $0.changesExperiment && MinimalSession.asksRuns($0) }) {
      guard leading.count == all.count(where: { $0.obstacle == nil }) else { return nil }
      let changing = leading.filter(\.changesExperiment)
      return try replayedHash(of: changing) == hash ? changing : nil
    }
    // Without a model the values are the state.
    let guesses = experiment.dataset == nil ? [leading.filter(\.changesExperiment)] : MinimalSession.guesses(leading)
    var tried: [Int] = []
    for guess in guesses where !tried.contains(guess.count) {
      tried.append(guess.count)
      if try replayedHash(of: guess) == hash {
        return guess.map {
          SavedStatement(
            source: $0.source, statements: $0.statements, output: $0.changesExperiment ? [] : $0.output, obstacle: nil, remark: $0.remark)
        }
      }
    }
    return nil
  }

  /// nil where the statements do not run without those that were left out.
  private func replayedHash(of statements: [SavedStatement]) throws(StatementFailure) -> String? {
    var hash: String?
    (journal.isMuted, isReproducing) = (true, true)
    defer { (journal.isMuted, isReproducing) = (false, false) }
    do throws(StatementFailure) {
      try besideExperiment { () throws(StatementFailure) in
        for statement in statements { try execute(statement.statements) }
        hash = try StatementFailure.wrap { () throws(Diagnostic) in try liveHash() }
      }
    } catch .interrupted {
      throw .interrupted
    } catch {
      return nil
    }
    return hash
  }
}
