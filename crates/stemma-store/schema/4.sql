-- stemma.db, format 4: indexes for lists that are read page by page.
--
-- The rest is as in format 3; docs/ledger.md tells of all tables.

CREATE INDEX events_storyline ON events (storyline);
CREATE INDEX event_reports_event ON event_reports (event);
CREATE INDEX reports_published ON reports (published IS NULL, published DESC, id);
CREATE INDEX reports_outlet ON reports (outlet, published DESC, id);
