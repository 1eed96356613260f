extension Schema {
  /// The tables of version 1. `SCHEMA.md` says what they mean; queries from outside should read the views.
  static let firstTables = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL UNIQUE,
      name TEXT,
      state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted', 'diverged', 'failed', 'dead')),
      started TEXT NOT NULL,
      ended TEXT,
      steps INTEGER NOT NULL DEFAULT 0,
      continues INTEGER REFERENCES runs (id) ON DELETE SET NULL,
      script TEXT,
      line INTEGER,
      seed INTEGER,
      host TEXT NOT NULL,
      process INTEGER NOT NULL,
      process_identity TEXT NOT NULL,
      heartbeat TEXT NOT NULL,
      forgotten TEXT
    );
    CREATE INDEX runs_by_name ON runs (name);
    CREATE INDEX runs_by_parent ON runs (continues) WHERE continues IS NOT NULL;
    CREATE INDEX runs_running ON runs (state) WHERE state = 'running';

    CREATE TABLE settings (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      number REAL,
      text TEXT,
      flag INTEGER CHECK (flag IN (0, 1)),
      PRIMARY KEY (run_id, name),
      CHECK ((number IS NOT NULL) + (text IS NOT NULL) + (flag IS NOT NULL) = 1)
    ) WITHOUT ROWID;
    CREATE INDEX settings_by_name ON settings (name);

    CREATE TABLE trees (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE formulas (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      typed TEXT NOT NULL,
      expanded TEXT NOT NULL,
      PRIMARY KEY (run_id, name)
    ) WITHOUT ROWID;
    CREATE INDEX formulas_by_name ON formulas (name);
    CREATE TABLE formula_trees (
      run_id INTEGER NOT NULL,
      name TEXT NOT NULL,
      position INTEGER NOT NULL,
      tree_id INTEGER NOT NULL REFERENCES trees (id),
      PRIMARY KEY (run_id, name, position),
      FOREIGN KEY (run_id, name) REFERENCES formulas (run_id, name) ON DELETE CASCADE
    ) WITHOUT ROWID;

    CREATE TABLE statements (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;

    CREATE TABLE environments (
      run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      siam TEXT,
      git_commit TEXT,
      swift TEXT,
      openblas TEXT,
      openblas_kernel TEXT,
      threads INTEGER,
      cpu TEXT,
      system TEXT,
      dataset TEXT,
      dataset_hash TEXT
    );

    CREATE TABLE metrics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE metric_formulas (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric_id INTEGER NOT NULL REFERENCES metrics (id),
      formula TEXT NOT NULL,
      statistics TEXT,
      cadence TEXT,
      PRIMARY KEY (run_id, metric_id)
    ) WITHOUT ROWID;
    CREATE TABLE series (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric_id INTEGER NOT NULL,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (run_id, metric_id, step)
    ) WITHOUT ROWID;
    CREATE TABLE summaries (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric_id INTEGER NOT NULL REFERENCES metrics (id),
      count INTEGER NOT NULL,
      nan_count INTEGER NOT NULL,
      infinite_count INTEGER NOT NULL,
      first_step INTEGER NOT NULL,
      first_value REAL,
      last_step INTEGER NOT NULL,
      last_value REAL,
      min_step INTEGER,
      min_value REAL,
      max_step INTEGER,
      max_value REAL,
      finite_sum REAL NOT NULL,
      PRIMARY KEY (run_id, metric_id)
    ) WITHOUT ROWID;

    CREATE TABLE verdicts (
      run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      word TEXT NOT NULL,
      sentence TEXT NOT NULL,
      statistics TEXT NOT NULL,
      still_falling INTEGER NOT NULL CHECK (still_falling IN (0, 1))
    );
    CREATE TABLE verdict_evidence (
      run_id INTEGER NOT NULL REFERENCES verdicts (run_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      value REAL,
      PRIMARY KEY (run_id, name)
    ) WITHOUT ROWID;

    CREATE TABLE notes (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      written TEXT NOT NULL,
      text TEXT NOT NULL
    );
    CREATE INDEX notes_by_run ON notes (run_id);
    CREATE TABLE tags (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run_id, tag)
    ) WITHOUT ROWID;
    CREATE TABLE artifacts (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      path TEXT NOT NULL,
      hash TEXT,
      step INTEGER,
      written TEXT NOT NULL
    );
    CREATE INDEX artifacts_by_run ON artifacts (run_id);
    """
}
