"""Reads the tables of `stemma export --format csv -o FOLDER` with DuckDB: export.py FOLDER."""
import sys

import duckdb

folder = sys.argv[1]
db = duckdb.connect()
for table in ["reports", "entries", "origins", "readings", "descents"]:
    db.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{folder}/{table}.csv', header = true)")

print("Standings, with how many reports tell an entry and how many origins vouch for it:")
for row in db.execute(
    """SELECT standing, count(*), round(avg(n_reports), 1), round(avg(n_origins), 1)
       FROM entries JOIN (SELECT entry, count(DISTINCT report) AS n_reports FROM readings GROUP BY entry)
            USING (entry)
       GROUP BY standing ORDER BY 2 DESC, 1"""
).fetchall():
    print("  {:<14}{:>4} entries{:>7} reports{:>6} origins".format(*row))

print("\nTold by many reports, by one origin:")
for claim, n, origin in db.execute(
    """SELECT entries.claim, count(DISTINCT readings.report) AS n, any_value(origins.name)
       FROM entries JOIN readings USING (entry) JOIN origins USING (entry)
       WHERE standing = 'echoed' GROUP BY entry, claim ORDER BY n DESC, claim LIMIT 3"""
).fetchall():
    print(f"  {n} reports, {origin}: {claim}")

print("\nShare of its own words, by how a report was made:")
for kind, n, own in db.execute(
    """SELECT coalesce(kind, 'none'), count(*), round(avg(own_share), 2)
       FROM reports LEFT JOIN descents ON child = reports.report GROUP BY 1 ORDER BY 3 DESC, 1"""
).fetchall():
    print(f"  {kind:<14}{n:>3} reports  {own:.2f}")
