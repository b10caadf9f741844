-- The state of a watch, format 1: what is polled, which items were seen, what waits to be read or to be told.
-- Times are milliseconds since 1970.

CREATE TABLE feeds (
    n        INTEGER PRIMARY KEY,
    address  TEXT NOT NULL UNIQUE,
    listed   INTEGER NOT NULL,            -- whether it is on the list of the last run
    etag     TEXT,                        -- validators of the last answer that was taken in
    modified TEXT,
    next     INTEGER NOT NULL DEFAULT 0,  -- when it may be polled again
    failures INTEGER NOT NULL DEFAULT 0,  -- in a row
    gone     INTEGER NOT NULL DEFAULT 0,  -- the server says that it will not come back
    polled   INTEGER,                     -- when it was last polled
    said     TEXT                         -- what was wrong the last time
);

CREATE TABLE items (
    n         INTEGER PRIMARY KEY,
    feed      INTEGER NOT NULL,
    id        TEXT NOT NULL,              -- what the feed knows it by
    address   TEXT,                       -- of its page
    page      TEXT,                       -- the same without what only follows readers
    updated   TEXT,                       -- when the feed says that it was updated
    published TEXT,
    state     TEXT NOT NULL,              -- waiting, held, read, same (as another) or noted
    versions  INTEGER NOT NULL DEFAULT 1, -- how often it was taken up
    tries     INTEGER NOT NULL DEFAULT 0, -- to fetch this version
    next      INTEGER NOT NULL DEFAULT 0,
    own       BLOB,                       -- the feed's own text, while it waits: RawReport as JSON
    said      TEXT,
    UNIQUE (feed, id)
);
CREATE INDEX items_waiting ON items (next) WHERE state = 'waiting';

-- Which item a page was taken from, and in which version.
CREATE TABLE pages (
    page    TEXT PRIMARY KEY,
    item    INTEGER NOT NULL,
    updated TEXT
) WITHOUT ROWID;

-- What was fetched and is not yet in the ledger: a report, or a note on an item that became none.
CREATE TABLE held (
    n     INTEGER PRIMARY KEY,
    item  INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    raw   BLOB,                           -- RawReport as JSON
    note  TEXT
);

CREATE TABLE hosts (
    host   TEXT PRIMARY KEY,
    robots TEXT,                          -- its robots.txt; none if everything is forbidden meanwhile
    until  INTEGER NOT NULL               -- how long that holds
) WITHOUT ROWID;

-- What has been told: reports that stand in events, and places of readings with each standing that they had.
CREATE TABLE told_reports (
    report INTEGER PRIMARY KEY            -- the id's 64 bits
);
CREATE TABLE told_standings (
    report   INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    end      INTEGER NOT NULL,
    standing TEXT NOT NULL,
    PRIMARY KEY (report, start, end, standing)
) WITHOUT ROWID;

CREATE TABLE changes (
    n       INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    data    TEXT NOT NULL,                -- JSON
    printed INTEGER NOT NULL DEFAULT 0,
    posted  INTEGER NOT NULL DEFAULT 0,
    tries   INTEGER NOT NULL DEFAULT 0,
    next    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX changes_open ON changes (n) WHERE printed = 0 OR posted = 0;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
