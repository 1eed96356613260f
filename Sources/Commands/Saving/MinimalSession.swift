import Foundation
import Syntax

/// Of a session's statements those that the live state needs, as far as their words tell: a guess, which a replay proves.
enum MinimalSession {
  /// From the boldest guess to the most careful: what shows; that and trainings which something has taken back; that and definitions and settings
  /// without a use.
  static func guesses(_ statements: [SavedStatement]) -> [[SavedStatement]] {
    let changing = statements.filter { $0.obstacle == nil && $0.changesExperiment }
    let last = withoutLostTrainings(changing)
    return [withoutUnused(last), last, changing]
  }

  /// The statements that led to the state in which the last one was run: those that `undo` took back, and those beside the branch that `back` returned
  /// to, are none of them. nil where that is not known: one of these stands in a block, or something was left half done.
  static func leading(_ statements: [SavedStatement]) -> [SavedStatement]? {
    guard !statements.contains(where: \.isHalfDone) else { return nil }
    var kept: [SavedStatement] = []
    var before: [[SavedStatement]] = []
    var branches: [(name: String, kept: [SavedStatement])] = []
    for saved in statements where saved.obstacle == nil {
      guard let moving = saved.statements.withNested.first(where: \.movesState) else {
        if saved.changesLiveState { before.append(kept) }
        kept.append(saved)
        continue
      }
      guard saved.statements.count == 1, moving.span == saved.statements[0].span, case .command(let words) = moving.kind else { return nil }
      let word = words.first?.span.text.trimmingCharacters(in: ["\""])
      switch moving.keyword.name {
      case "undo":
        guard let count = Int(word ?? "1"), before.count >= count else { return nil }
        for _ in 0..<count { kept = before.removeLast() }
      case "branch":
        guard let word else { continue }
        branches.removeAll { $0.name == word }
        branches.append((word, kept))
      default:
        guard let place = branches.lastIndex(where: { $0.name == word || word == nil }) else { return nil }
        before.append(kept)
        kept = branches[place].kept
        branches.append(branches.remove(at: place))
      }
    }
    return kept
  }

  /// Whether it asks for runs, which are there only if every training is.
  static func asksRuns(_ statement: SavedStatement) -> Bool {
    !words(of: statement.source).isDisjoint(with: ["run", "runs", "rerun", "resume", "of", "verdict", "collapsed", "diverged", "top1"])
  }

  /// Trainings before the last `reset`, `train fresh` or `load`.
  private static func withoutLostTrainings(_ statements: [SavedStatement]) -> [SavedStatement] {
    let start = statements.lastIndex { saved in
      saved.statements.contains { statement in
        if case .train(true, _, _, _) = statement.kind { return true }
        return ["reset", "load"].contains(statement.keyword.name)
      }
    }
    guard let start else { return statements }
    return statements.enumerated().filter { place, saved in
      place >= start || !saved.statements.withNested.allSatisfy { $0.isTraining || $0.keyword.name == "reset" || !$0.changesExperiment || $0.isLoop }
        || !saved.statements.withNested.contains { $0.isTraining || $0.keyword.name == "reset" }
    }.map(\.element)
  }

  private static func withoutUnused(_ statements: [SavedStatement]) -> [SavedStatement] {
    var kept = withoutOverridden(statements)
    while true {
      let next = kept.enumerated().filter { place, saved in
        guard saved.statements.count == 1, let name = saved.statements[0].definedName, name != "Ge" else { return true }
        return kept.enumerated().contains { $0 != place && words(of: $1.source).contains(name) }
      }.map(\.element)
      guard next.count < kept.count else { return next }
      kept = next
    }
  }

  /// A setting that is made again before anything could see it.
  private static func withoutOverridden(_ statements: [SavedStatement]) -> [SavedStatement] {
    var kept: [SavedStatement] = []
    for (place, saved) in statements.enumerated() {
      if let keyword = saved.setting, let next = statements[(place + 1)...].first(where: { $0.setting == nil || $0.setting == keyword }),
        next.setting == keyword, options(of: saved.source).isSubset(of: options(of: next.source))
      {
        continue
      }
      kept.append(saved)
    }
    return kept
  }

  private static func words(of text: String) -> Set<String> {
    Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }

  /// The names before `=`.
  private static func options(of text: String) -> Set<String> {
    Set(text.split(separator: " ").compactMap { $0.split(separator: "=").count == 2 ? $0.split(separator: "=").first.map(String.init) : nil })
  }
}

extension SavedStatement {
  /// Whether `undo` would take it back.
  fileprivate var changesLiveState: Bool {
    statements.withNested.contains { StatementTable.command(for: $0)?.changesLiveState ?? true }
  }

  /// The keyword of one that only sets something, which nothing is computed for.
  fileprivate var setting: String? {
    let settings: Set = [
      "batch", "seed", "loss", "augment", "data", "encoder", "projector", "predictor", "schedule", "optimizer", "views", "probe", "threshold", "use"
    ]
    guard statements.count == 1, let keyword = statements.first?.keyword.name, settings.contains(keyword) else { return nil }
    return keyword
  }
}

extension Statement {
  /// Whether it goes to another state, or keeps one to go back to.
  fileprivate var movesState: Bool { ["undo", "back", "branch"].contains(keyword.name) }

  fileprivate var isLoop: Bool {
    switch kind {
    case .forLoop, .conditional: true
    default: false
    }
  }

  fileprivate var definedName: String? {
    switch kind {
    case .letBinding(let name, _), .valBinding(let name, _, _): name.name
    default: nil
    }
  }
}
