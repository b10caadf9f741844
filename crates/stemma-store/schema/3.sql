-- stemma.db, format 3: names can be searched, and the user may say which outlets belong together.
--
-- The rest is as in format 2; docs/ledger.md tells of all tables. Analyses are made anew, which fills
-- the names.

-- Who and what a report names: one row for each, with how often.
CREATE TABLE names (
    report INTEGER NOT NULL,
    name   TEXT NOT NULL,   -- the fullest form in the report
    key    TEXT NOT NULL,   -- the same in lower case
    kind   TEXT NOT NULL,   -- person, organisation, place, …
    n      INTEGER NOT NULL
);
CREATE INDEX names_report ON names (report);

-- Which outlets belong to one publisher, as `stemma read --outlets FILE` said; in lower case.
CREATE TABLE outlets (
    outlet    TEXT PRIMARY KEY,
    publisher TEXT NOT NULL
) WITHOUT ROWID;

UPDATE reports SET engine = '';
DELETE FROM meta WHERE key = 'joined';
