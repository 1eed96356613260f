extension Schema {
  /// The views of version 1: the public interface, whose names, columns and meanings stay. None shows a forgotten run.
  static let firstViews = """
    CREATE VIEW run_list AS
      SELECT r.id AS run_id, r.uuid, r.name, r.state, v.word AS verdict, f.typed AS loss, r.started, r.ended,
        round((julianday(coalesce(r.ended, r.heartbeat)) - julianday(r.started)) * 86400, 3) AS seconds,
        r.steps, r.continues, r.script, r.line, r.seed, r.host,
        (SELECT group_concat(tag, ', ') FROM (SELECT tag FROM tags WHERE run_id = r.id ORDER BY tag)) AS tags
      FROM runs r
      LEFT JOIN verdicts v ON v.run_id = r.id
      LEFT JOIN formulas f ON f.run_id = r.id AND f.name = 'loss'
      WHERE r.forgotten IS NULL;

    CREATE VIEW run_settings AS
      SELECT s.run_id, r.name, s.name AS setting, coalesce(s.number, s.text, s.flag) AS value,
        CASE WHEN s.number IS NOT NULL THEN 'number' WHEN s.text IS NOT NULL THEN 'text' ELSE 'flag' END AS type
      FROM settings s JOIN runs r ON r.id = s.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_formulas AS
      SELECT f.run_id, r.name, f.name AS formula, f.typed, f.expanded
      FROM formulas f JOIN runs r ON r.id = f.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_statements AS
      SELECT s.run_id, r.name, s.position, s.text
      FROM statements s JOIN runs r ON r.id = s.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_environments AS
      SELECT e.run_id, r.name, r.host, e.siam, e.git_commit, e.swift, e.openblas, e.openblas_kernel, e.threads, e.cpu, e.system,
        e.dataset, e.dataset_hash
      FROM environments e JOIN runs r ON r.id = e.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_verdicts AS
      SELECT v.run_id, r.name, v.word AS verdict, v.sentence, v.statistics, v.still_falling
      FROM verdicts v JOIN runs r ON r.id = v.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_evidence AS
      SELECT e.run_id, r.name, e.name AS evidence, e.value
      FROM verdict_evidence e JOIN runs r ON r.id = e.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_notes AS
      SELECT n.run_id, r.name, n.written, n.text
      FROM notes n JOIN runs r ON r.id = n.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_tags AS
      SELECT t.run_id, r.name, t.tag
      FROM tags t JOIN runs r ON r.id = t.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW run_artifacts AS
      SELECT a.run_id, r.name, a.kind, a.path, a.hash, a.step, a.written
      FROM artifacts a JOIN runs r ON r.id = a.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW metric_formula AS
      SELECT f.run_id, r.name, m.name AS metric, f.formula, f.statistics, f.cadence
      FROM metric_formulas f JOIN metrics m ON m.id = f.metric_id JOIN runs r ON r.id = f.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW metric_summary AS
      SELECT s.run_id, r.name, m.name AS metric, s.count, s.first_value, s.last_value, s.min_value, s.max_value,
        CASE WHEN s.count > s.nan_count + s.infinite_count
          THEN s.finite_sum / (s.count - s.nan_count - s.infinite_count) END AS mean_value,
        s.first_step, s.last_step, s.min_step, s.max_step, s.nan_count, s.infinite_count
      FROM summaries s JOIN metrics m ON m.id = s.metric_id JOIN runs r ON r.id = s.run_id WHERE r.forgotten IS NULL;

    CREATE VIEW metric_series AS
      SELECT s.run_id, r.name, m.name AS metric, s.step, s.value,
        CASE WHEN s.value IS NULL THEN 'nan' WHEN s.value = 9e999 THEN 'inf' WHEN s.value = -9e999 THEN '-inf' ELSE 'number' END
          AS kind
      FROM series s JOIN metrics m ON m.id = s.metric_id JOIN runs r ON r.id = s.run_id WHERE r.forgotten IS NULL;
    """
}
