"""Reads the tables of `stemma export --format parquet -o FOLDER` with DuckDB and pandas: export.py FOLDER."""
import sys
from pathlib import Path
from textwrap import shorten

import duckdb
import pandas

folder = Path(sys.argv[1])
db = duckdb.connect()
for file in folder.glob("*.parquet"):
    db.read_parquet(str(file)).create_view(file.stem)

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

reports = pandas.read_parquet(folder / "reports.parquet")
statements = pandas.read_parquet(folder / "statements.parquet")

print("\nWhom the reports credit, with the share of their own words:")
credits = reports.explode("credit").groupby("credit").own_share.agg(["count", "mean"])
for credit, row in credits.sort_values(["count", "mean"], ascending=False).iterrows():
    print(f"  {credit:<18}{row['count']:>3.0f} reports  {row['mean']:.2f}")

print("\nThe longest direct quotes, cut from the reports by their bytes:")
direct = statements[statements.directness == "direct"].merge(reports[["report", "file", "body"]], on="report")
direct["length"] = direct.end - direct.start
for row in direct.sort_values(["length", "file"], ascending=[False, True]).head(3).itertuples():
    words = row.body.encode()[row.start : row.end].decode()
    print(f"  {row.file}, {row.speaker}: {shorten(words, 60, placeholder=' …')}")
