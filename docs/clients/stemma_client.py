"""How to ask `stemma serve` from Python, with the standard library alone (3.10 or later).

    python docs/clients/stemma_client.py http://127.0.0.1:7878 "Two people were killed on the ferry"

says how many independent origins vouch for a claim, and which reports only repeat one of them. A token, where the
server asks for one, is taken from STEMMA_TOKEN.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen


class Problem(Exception):
    """What went wrong, as the server says it (RFC 9457)."""

    def __init__(self, problem: dict):
        super().__init__(f"{problem['detail']}; hint: {problem['hint']}")
        self.status: int = problem["status"]


class Stemma:
    """A ledger behind an address."""

    def __init__(self, url: str, token: str | None = None):
        self.url = url
        self.token = token

    def ask(self, path: str, given: object = None, **asked: object) -> dict:
        """One answer; `given` is sent as JSON."""
        words = urlencode({name: value for name, value in asked.items() if value is not None})
        url = urljoin(self.url, path if path.startswith("/") else f"/api/v1/{path}")
        request = Request(url + (f"?{words}" if words else ""))
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if given is not None:
            request.data = json.dumps(given).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except HTTPError as refused:
            raise Problem(json.load(refused)) from None

    def each(self, path: str, **asked: object) -> Iterator[dict]:
        """All items of a list, page by page."""
        page = self.ask(path, **asked)
        while True:
            yield from page["items"]
            if not page["next"]:
                return
            page = self.ask(page["next"])

    def check(self, sentence: str) -> dict:
        """What the ledger has for a sentence."""
        return self.ask("check", sentence=sentence)

    def add(self, reports: list[dict]) -> dict:
        """Reads reports into the ledger, and waits until they are joined with the others."""
        job = self.ask("jobs", given={"reports": reports})
        while not job["over"]:
            time.sleep(0.1)
            job = self.ask(f"jobs/{job['id']}")
        return job

    def report(self, word: str) -> dict:
        """A report by its id or file name."""
        return self.ask(f"reports/{quote(word, safe='')}")


def main(url: str, sentence: str) -> None:
    ledger = Stemma(url, os.environ.get("STEMMA_TOKEN"))
    found = ledger.check(sentence)
    print(found["words"])
    for finding in found["findings"][:3]:
        entry = finding["entry"]
        told = {reading["file"] for reading in entry["readings"]}
        print(f"\n{finding['bearing']}: {entry['claim']!r}")
        print(f"  {entry['standing']}: {len(entry['origins'])} origins in {len(told)} reports")
        for origin in entry["origins"]:
            print(f"  - {origin}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
