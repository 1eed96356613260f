import Foundation
import RunHistory
import SourceText
import Syntax
import TestSupport

/// A history of runs that differ in everything that a query can ask of: what one of them lacks, another has as a number, a third as a text.
struct RandomHistory {
  static let metrics = ["top1", "std", "mr", "loss", "gap"]
  static let names = ["SimSiam", "simsiam", "Naive", "triplet, without re", "x%y", "seed_3", "it's é"]
  static let texts = ["mlp", "convnet width=16", "resnet18", "Mlp", "none", "fc D"]
  static let tags = ["paper", "table3", "a0", "m5", "z9"]
  static let notes = ["collapses, as it should", "look again", "100 % sure", "\"so\""]
  static let numbers: [Double] = [0.05, 0.1, 0.5, 1, 2, 64, 128]
  /// Values of series, so few that there are ties, and sums that are exact.
  static let values: [Double] = (-8...8).map { Double($0) / 8 }
  static let days = ["2015-02-28", "2015-03-01", "2015-12-31", "2016-01-01", "2016-02-29"]

  /// The loss of each run that has one.
  private(set) var losses: [Int64: RandomLoss] = [:]
  private let runs = 80

  init(in history: RunHistory, at place: TemporaryHistory, _ random: inout SplitMix64) throws {
    var corrections: [String] = []
    for _ in 0..<runs {
      let run = try history.begin(try describe(&random))
      for metric in Self.metrics where random.chance(0.75) { record(metric, of: run, in: history, &random) }
      if random.chance(0.85) {
        let verdict = random.chance(0.7) ? random.pick(["full", "partial", "no", "diverged"]) : nil
        try history.finish(
          run, state: random.pick([.finished, .finished, .interrupted, .diverged, .failed, .dead]), steps: random.integer(0...12),
          verdict: verdict.map { RunVerdict(word: $0, sentence: $0) })
      }
      for tag in Self.tags where random.chance(0.2) { try history.tag(run, tag) }
      for note in Self.notes where random.chance(0.1) { try history.note(run, note) }
      if random.chance(0.08) { try history.forget(run) }
      corrections.append(Self.times(of: run, &random))
    }
    try history.flush()
    // Every loss belongs to the run of its place.
    losses = Dictionary(uniqueKeysWithValues: drawn.enumerated().compactMap { place, loss in loss.map { (Int64(place + 1), $0) } })
    drawn = []
    _ = try place.shell(corrections.joined(separator: ";"))
  }

  private var drawn: [RandomLoss?] = []

  private mutating func describe(_ random: inout SplitMix64) throws -> RunDescription {
    var description = RunDescription(name: random.chance(0.8) ? random.pick(Self.names) : nil)
    description.seed = random.chance(0.8) ? UInt64(random.integer(0...3)) : nil
    if random.chance(0.6) { (description.script, description.line) = ("paper/a.siam", random.integer(1...9)) }
    for name in RandomQueryMaker.settings where random.chance(0.75) {
      description.settings.append((name: name, value: Self.setting(name, &random)))
    }
    drawn.append(random.chance(0.85) ? RandomLoss(&random, height: 4) : nil)
    if let loss = drawn[drawn.count - 1] {
      let text = loss.text(&random)
      let tree = try Parser.expression(of: SourceFile(name: "<test>", text: text))
      description.formulas = [FormulaRecord(typed: text, expanded: text, trees: [tree])]
    }
    return description
  }

  private static func setting(_ name: String, _ random: inout SplitMix64) -> SettingValue {
    switch name {
    case "lr", "batch": .number(random.pick(numbers))
    case "encoder", "predictor": .text(random.pick(texts))
    case "nesterov": .flag(random.chance(0.5))
    default:
      random.pick([
        .number(random.pick(numbers + [.infinity, .nan, -1, 0])), .text(random.pick(texts + ["0.5", "true"])), .flag(random.chance(0.5))
      ])
    }
  }

  private func record(_ metric: String, of run: Int64, in history: RunHistory, _ random: inout SplitMix64) {
    let share = random.pick([0.3, 0.9, 1])
    for step in 1...random.integer(1...12) where random.chance(share) {
      let value = random.chance(0.12) ? random.pick([.nan, .nan, .infinity, -.infinity]) : random.pick(Self.values)
      history.record(run, step: step, [(metric: metric, value: value)])
    }
  }

  /// Days long past, and times before now that are not near any bound that a query names.
  private static func times(of run: Int64, _ random: inout SplitMix64) -> String {
    let seconds = random.pick([-1, 0, 0.25, 90, 5400])
    var started = "strftime('%Y-%m-%d %H:%M:%f', '\(random.pick(days)) 00:00', 'utc', '\(random.pick([0, 1, 43_200, 86_399])) seconds')"
    if random.chance(0.5) { started = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-\(random.pick([2, 30, 250, 1100, 2500])) hours')" }
    let ended = random.chance(0.8) && seconds >= 0 ? "strftime('%Y-%m-%d %H:%M:%f', started, '\(seconds) seconds')" : "NULL"
    return "UPDATE runs SET started = \(started), heartbeat = \(started) WHERE id = \(run); UPDATE runs SET ended = \(ended) WHERE id = \(run)"
  }
}
