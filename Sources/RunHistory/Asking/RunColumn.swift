import GRDB

/// What a query can ask of a run beside its settings and metrics.
package enum RunColumn {
  static func named(_ name: String) -> Operand? { columns[name] ?? flags[name].map { .condition($0) } }
  package static var names: [String] { Array(columns.keys) + Array(flags.keys) }

  private static let columns: [String: Operand] = [
    "id": .number("r.id"),
    "uuid": .text("r.uuid"),
    "name": .text("r.name"),
    "state": .text("r.state"),
    "verdict": .text("v.word"),
    "started": .date("r.started"),
    "when": .date("r.started"),
    "ended": .date("r.ended"),
    "seconds": .number("max(0.0, round((julianday(coalesce(r.ended, r.heartbeat)) - julianday(r.started)) * 86400, 3))"),
    "steps": .number("r.steps"),
    "continues": .number("r.continues"),
    "rerun_of": .number("r.rerun_of"),
    "script": .text("r.script"),
    "line": .number("r.line"),
    "seed": .number("r.seed"),
    "host": .text("r.host"),
    "siam": .text("e.siam"),
    "commit": .text("e.git_commit"),
    "openblas": .text("e.openblas"),
    "threads": .number("e.threads"),
    "cpu": .text("e.cpu"),
    "dataset": .text("e.dataset"),
    "dataset_hash": .text("e.dataset_hash"),
    "tag": .labels("SELECT tag AS label FROM tags WHERE run_id = r.id ORDER BY tag"),
    "note": .labels("SELECT text AS label FROM notes WHERE run_id = r.id ORDER BY id")
  ]

  /// Never NULL, so that `not collapsed` holds for a run without a verdict.
  private static let flags: [String: SQL] = [
    "collapsed": "(v.word IS 'full')",
    "diverged": "(r.state = 'diverged' OR v.word IS 'diverged')",
    "running": "(r.state = 'running')",
    "finished": "(r.state = 'finished')",
    "interrupted": "(r.state = 'interrupted')",
    "failed": "(r.state = 'failed')",
    "dead": "(r.state = 'dead')",
    "forgotten": "(r.forgotten IS NOT NULL)",
    "true": "1",
    "false": "0"
  ]
}
