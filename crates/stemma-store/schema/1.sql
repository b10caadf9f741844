-- stemma.db, format 1. `PRAGMA application_id` is 0x5374656D ("Stem"), `PRAGMA user_version` is
-- the format. Ids are 16 hexadecimal digits. Two halves: what each report shows by itself
-- (reports, notes), which is kept, and what all show together (the rest), which is derived from
-- it and written anew. The tables are for asking in SQL; `data` holds a row's whole, in JSON.

-- Facts about the ledger. `joined`: the engine that made the second half; no row when that half
-- is stale and must be made anew.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row for each report read.
CREATE TABLE reports (
    id        TEXT PRIMARY KEY,
    key       TEXT NOT NULL,   -- address, row id or file name, as it takes part in the id
    file      TEXT NOT NULL,   -- where it was read from
    outlet    TEXT,
    url       TEXT,
    title     TEXT,
    lang      TEXT NOT NULL,   -- ISO 639, `und` if unknown
    published TEXT,            -- ISO 8601, local
    body      TEXT NOT NULL,   -- cleaned text; spans are byte ranges in it
    engine    TEXT NOT NULL,   -- the engine that made `analysis`
    raw       BLOB NOT NULL,   -- what was read: zstd of postcard of RawReport
    analysis  BLOB NOT NULL    -- what it shows by itself: zstd of postcard of Analysis
);
CREATE INDEX reports_engine ON reports (engine);

-- What was noticed about inputs as wholes, which gave no report or not all.
CREATE TABLE notes (
    input  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    detail TEXT NOT NULL,
    data   TEXT NOT NULL,
    PRIMARY KEY (input, kind, detail)
) WITHOUT ROWID;

CREATE TABLE families (
    id        TEXT PRIMARY KEY,
    n_reports INTEGER NOT NULL,
    data      TEXT NOT NULL    -- Stemma
);
CREATE TABLE descents (
    child      TEXT PRIMARY KEY,
    family     TEXT NOT NULL,
    parent     TEXT,           -- a report's id, or
    lost       TEXT,           -- a lost report's name within the family
    kind       TEXT NOT NULL,
    confidence REAL NOT NULL
);
CREATE TABLE family_reports (
    report TEXT PRIMARY KEY,
    family TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX family_reports_family ON family_reports (family);

CREATE TABLE events (
    id        TEXT PRIMARY KEY,
    storyline TEXT NOT NULL,
    time      TEXT,            -- TIMEX3
    place     TEXT,
    n_reports INTEGER NOT NULL,
    data      TEXT NOT NULL    -- Event
);
CREATE TABLE event_reports (
    report TEXT PRIMARY KEY,
    event  TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_reports_event ON event_reports (event);
CREATE TABLE storylines (
    id       TEXT PRIMARY KEY,
    n_events INTEGER NOT NULL,
    data     TEXT NOT NULL     -- Storyline
);

CREATE TABLE entries (
    id        TEXT PRIMARY KEY,
    event     TEXT,
    standing  TEXT NOT NULL,
    claim     TEXT NOT NULL,
    n_origins INTEGER NOT NULL,
    data      TEXT NOT NULL    -- Entry
);
CREATE INDEX entries_standing ON entries (standing);
CREATE INDEX entries_event ON entries (event);
CREATE TABLE readings (
    entry    TEXT NOT NULL,
    report   TEXT NOT NULL,
    start    INTEGER NOT NULL,
    end      INTEGER NOT NULL,
    text     TEXT NOT NULL,
    value    TEXT,
    origin   TEXT
);
CREATE INDEX readings_entry ON readings (entry);
CREATE INDEX readings_report ON readings (report);
