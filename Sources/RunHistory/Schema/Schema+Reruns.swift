extension Schema {
  /// Version 2: the run that another one repeats with changes. `run_list` shows it behind its other columns.
  static let reruns = """
    ALTER TABLE runs ADD COLUMN rerun_of INTEGER REFERENCES runs (id) ON DELETE SET NULL;
    CREATE INDEX runs_by_original ON runs (rerun_of) WHERE rerun_of IS NOT NULL;

    DROP VIEW run_list;
    CREATE VIEW run_list AS
      SELECT r.id AS run_id, r.uuid, r.name, r.state, v.word AS verdict, f.typed AS loss, r.started, r.ended,
        round((julianday(coalesce(r.ended, r.heartbeat)) - julianday(r.started)) * 86400, 3) AS seconds,
        r.steps, r.continues, r.script, r.line, r.seed, r.host,
        (SELECT group_concat(tag, ', ') FROM (SELECT tag FROM tags WHERE run_id = r.id ORDER BY tag)) AS tags,
        r.rerun_of
      FROM runs r
      LEFT JOIN verdicts v ON v.run_id = r.id
      LEFT JOIN formulas f ON f.run_id = r.id AND f.name = 'loss'
      WHERE r.forgotten IS NULL;
    """
}
