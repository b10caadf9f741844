-- stemma.db, format 2. `PRAGMA application_id` is 0x5374656D ("Stem"), `PRAGMA user_version` is
-- the format. Ids are 16 hexadecimal digits. Two halves: what each report shows by itself
-- (reports, texts, prints, words, notes), which is kept, and what all show together (the rest),
-- which is derived from it and written anew. Tables hold what is asked for in SQL; `wholes`
-- holds the second half as the engine has it. A column that is called `report` has a report's
-- number; `family`, `event` and `entry` have a place.
--
-- Against format 1: wide columns stand apart from narrow ones, so that a question reads a few
-- pages and not the file; reports have numbers, so that rows that name one are short; words can
-- be searched.

DELETE FROM meta WHERE key = 'joined';
DROP TABLE families;
DROP TABLE descents;
DROP TABLE family_reports;
DROP TABLE events;
DROP TABLE event_reports;
DROP TABLE storylines;
DROP TABLE entries;
DROP TABLE readings;
DROP INDEX reports_engine;
ALTER TABLE reports RENAME TO reports_1;

-- One row for each report read; `n` is its number in this file and nowhere else.
CREATE TABLE reports (
    n         INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    key       TEXT NOT NULL,   -- address, row id or file name, as it takes part in the id
    file      TEXT NOT NULL,   -- where it was read from
    outlet    TEXT,
    url       TEXT,
    title     TEXT,
    lang      TEXT NOT NULL,   -- ISO 639, `und` if unknown
    published TEXT,            -- ISO 8601, local
    engine    TEXT NOT NULL    -- the engine that made its analysis
);

-- What was read and what it shows by itself.
CREATE TABLE texts (
    report    INTEGER PRIMARY KEY,
    body      TEXT NOT NULL,   -- cleaned text; spans are byte ranges in it
    raw       BLOB NOT NULL,   -- zstd of postcard of RawReport
    analysis  BLOB NOT NULL    -- zstd of postcard of Report, Segments, Extracts
);

-- What comparison needs of a report: zstd of postcard of Fingerprint.
CREATE TABLE prints (
    report    INTEGER PRIMARY KEY,
    data      BLOB NOT NULL
);

-- The words of every report; rowid is its number. Letters of scripts without spaces stand apart,
-- so that a phrase of them finds any run of them, however short.
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
);

INSERT INTO reports (id, key, file, outlet, url, title, lang, published, engine)
    SELECT id, key, file, outlet, url, title, lang, published, '' FROM reports_1 ORDER BY id;
INSERT INTO texts (report, body, raw, analysis)
    SELECT n, body, raw, x'' FROM reports JOIN reports_1 USING (id);
DROP TABLE reports_1;

-- `place` is the order in which a reader wants them, from 0.
CREATE TABLE families (
    place     INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    n_reports INTEGER NOT NULL,
    n_lost    INTEGER NOT NULL
);
CREATE TABLE family_reports (
    report INTEGER PRIMARY KEY,
    family INTEGER NOT NULL
);
CREATE INDEX family_reports_family ON family_reports (family);
CREATE TABLE descents (
    child      INTEGER PRIMARY KEY,
    parent     INTEGER,   -- or
    lost       TEXT,           -- a lost report's name within the family
    kind       TEXT NOT NULL,
    confidence REAL NOT NULL
);

CREATE TABLE events (
    place     INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    storyline TEXT NOT NULL,
    time      TEXT,            -- TIMEX3
    at        TEXT,            -- where it happened
    n_reports INTEGER NOT NULL
);
CREATE TABLE event_reports (
    report INTEGER PRIMARY KEY,
    event  INTEGER NOT NULL
);
CREATE TABLE storylines (
    place    INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    n_events INTEGER NOT NULL
);

CREATE TABLE entries (
    place      INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    event      TEXT,           -- its id
    standing   TEXT NOT NULL,
    claim      TEXT NOT NULL,
    n_origins  INTEGER NOT NULL,
    n_readings INTEGER NOT NULL
);
CREATE INDEX entries_standing ON entries (standing);
CREATE INDEX entries_event ON entries (event);
CREATE TABLE readings (
    entry    INTEGER NOT NULL,
    report   INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    end      INTEGER NOT NULL,
    value    TEXT,
    origin   TEXT,
    negated  INTEGER NOT NULL
);
CREATE INDEX readings_entry ON readings (entry);
CREATE INDEX readings_report ON readings (report);

-- Families, events, storylines and entries whole, in order of place, some to a row: zstd of
-- postcard of a list.
CREATE TABLE wholes (
    kind  TEXT NOT NULL,
    chunk INTEGER NOT NULL,    -- place / 32, rounded down
    data  BLOB NOT NULL,
    PRIMARY KEY (kind, chunk)
);
