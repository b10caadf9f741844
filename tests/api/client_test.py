"""What docs/clients/stemma_client.py does, against a server: `python tests/api/client_test.py URL`."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "docs" / "clients"))
from stemma_client import Problem, Stemma  # noqa: E402

ledger = Stemma(sys.argv[1])
entries = list(ledger.each("entries", limit=50))
assert len(entries) == len({e["id"] for e in entries}) == ledger.ask("entries", limit=1)["total"]
text = "Nine barges broke loose at Ostrel lock on Sunday, lock keeper Anna Vrie said."
assert ledger.add([{"text": text, "name": "ostrel"}])["read"] == 1
assert ledger.add([{"text": text, "name": "ostrel"}])["known"] == 1
assert ledger.report("ostrel")["body"] == text
try:
    ledger.report("nothing of that name")
except Problem as refused:
    assert refused.status == 404
else:
    raise AssertionError("a report that is not there was found")
