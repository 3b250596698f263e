-- Everything that nights measured. Times are milliseconds since 1970, flags 0 or 1, what is undefined is NULL.
-- Ids are given by the one writer at a time; a dump names rows by what is in them.

CREATE TABLE study (id BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, yaml TEXT NOT NULL);

-- Stable hardware: what splits a series.
CREATE TABLE machine (
  id BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
  processor TEXT NOT NULL, isa TEXT NOT NULL, cores INTEGER NOT NULL, threads INTEGER NOT NULL, memory_gib INTEGER NOT NULL);

-- Everything else that may explain a change, by name.
CREATE TABLE conditions (id BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE condition_value (
  conditions_id BIGINT NOT NULL REFERENCES conditions (id), name TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (conditions_id, name));

-- One process that measured: a run, a night, a fork of a night, a confirmation of one.
CREATE TABLE run (
  id BIGINT PRIMARY KEY, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, parent_id BIGINT REFERENCES run (id),
  number INTEGER NOT NULL, position BIGINT NOT NULL, started BIGINT NOT NULL, finished BIGINT NOT NULL,
  study_id BIGINT NOT NULL REFERENCES study (id), machine_id BIGINT NOT NULL REFERENCES machine (id),
  conditions_id BIGINT NOT NULL REFERENCES conditions (id),
  folder TEXT NOT NULL, exit_code INTEGER NOT NULL, unquiet TEXT);
CREATE INDEX run_by_parent ON run (parent_id);
CREATE INDEX run_by_folder ON run (folder);

CREATE TABLE model (
  id BIGINT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL,
  architecture TEXT NOT NULL, technique TEXT NOT NULL, parent TEXT, criterion TEXT,
  UNIQUE (name, digest));

CREATE TABLE series (
  id BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL, task TEXT NOT NULL, dataset TEXT NOT NULL, split TEXT NOT NULL,
  engine TEXT NOT NULL, threads INTEGER NOT NULL, precision_word TEXT NOT NULL, form TEXT,
  height INTEGER NOT NULL, width INTEGER NOT NULL,
  protocol TEXT NOT NULL, protocol_digest TEXT NOT NULL, mapping TEXT NOT NULL, grid TEXT NOT NULL);

CREATE TABLE rotation (
  id BIGINT PRIMARY KEY, run_id BIGINT NOT NULL REFERENCES run (id), name TEXT NOT NULL,
  band DOUBLE PRECISION, sessions INTEGER NOT NULL,
  UNIQUE (run_id, name));

-- What takes part in a rotation besides its cells.
CREATE TABLE rotation_member (
  rotation_id BIGINT NOT NULL REFERENCES rotation (id), role TEXT NOT NULL, metric TEXT NOT NULL, log DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (rotation_id, role, metric));

CREATE TABLE cell (
  id BIGINT PRIMARY KEY, run_id BIGINT NOT NULL REFERENCES run (id), series_id BIGINT NOT NULL REFERENCES series (id),
  cell_key TEXT, model_id BIGINT NOT NULL REFERENCES model (id), data_digest TEXT NOT NULL, frames INTEGER NOT NULL,
  engine_version TEXT, canary TEXT, prints TEXT, fragile BIGINT, evidence TEXT,
  rotation_id BIGINT REFERENCES rotation (id), complete INTEGER NOT NULL, issues TEXT NOT NULL, folder TEXT NOT NULL,
  UNIQUE (run_id, series_id));
CREATE INDEX cell_by_series ON cell (series_id, run_id);

-- The ids of metrics, one for each class that a metric has; '' is all classes together.
CREATE TABLE figure (id BIGINT PRIMARY KEY, metric TEXT NOT NULL, of_class TEXT NOT NULL, UNIQUE (metric, of_class));

-- A figure of all nights lies together, because that is how it is read.
CREATE TABLE value_of (
  figure_id INTEGER NOT NULL, cell_id INTEGER NOT NULL,
  x DOUBLE PRECISION, low DOUBLE PRECISION, high DOUBLE PRECISION,
  PRIMARY KEY (figure_id, cell_id)) /*sqlite WITHOUT ROWID*/;

-- Natural logarithms of latencies in milliseconds, as the judge takes them.
CREATE TABLE timing (
  cell_id BIGINT NOT NULL REFERENCES cell (id), metric TEXT NOT NULL, log DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (cell_id, metric)) /*sqlite WITHOUT ROWID*/;

CREATE TABLE ruler (
  run_id BIGINT NOT NULL REFERENCES run (id), kind TEXT NOT NULL, log DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (run_id, kind));

-- What people said: kept by what it is about, not by ids, so that nothing that is taken in anew loses it.
CREATE TABLE decision (
  uid TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, by_whom TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX decision_by_subject ON decision (subject);

-- What the judge said of a night; the whole of it is in the night's own verdict.json.
CREATE TABLE verdict (
  run_id BIGINT PRIMARY KEY REFERENCES run (id), state TEXT NOT NULL, sentence TEXT NOT NULL,
  judged INTEGER NOT NULL, not_judged INTEGER NOT NULL, gone INTEGER NOT NULL, required DOUBLE PRECISION NOT NULL);

-- The census without those that were judged.
CREATE TABLE unjudged (
  run_id BIGINT NOT NULL REFERENCES run (id), series TEXT NOT NULL, metric TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (run_id, series, metric));

-- An event as each night's verdict that has it says it; the latest night's is how it stands. A night is named by
-- its position, its start and its uid, so that the event is whole where the night is not kept any more.
CREATE TABLE event_state (
  uid TEXT NOT NULL, run_id BIGINT NOT NULL REFERENCES run (id), machine TEXT NOT NULL, state TEXT NOT NULL,
  worse INTEGER NOT NULL, cause TEXT NOT NULL,
  onset_before TEXT NOT NULL, onset_first TEXT NOT NULL, onset_earliest TEXT NOT NULL, onset_latest TEXT NOT NULL,
  opened TEXT NOT NULL, closed TEXT, conditions TEXT NOT NULL,
  PRIMARY KEY (uid, run_id));
CREATE INDEX event_by_run ON event_state (run_id);

CREATE TABLE event_change (
  uid TEXT NOT NULL, run_id BIGINT NOT NULL REFERENCES run (id), number INTEGER NOT NULL,
  series TEXT NOT NULL, metric TEXT NOT NULL, of_class TEXT, kind TEXT NOT NULL,
  baseline DOUBLE PRECISION NOT NULL, level DOUBLE PRECISION NOT NULL, change DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (uid, run_id, number));
CREATE INDEX change_by_run ON event_change (run_id);
