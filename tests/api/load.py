"""Asks a server what readers and programs ask, at a steady rate, and tells how long answers took.

    python tests/api/load.py http://127.0.0.1:7878 --rate 200 --seconds 300 --pid PID

Requests start on time whether or not those before are answered, so that a slow answer shows. With the server's
process id its memory is told as well. Linux, standard library alone.
"""

import argparse
import collections
import http.client
import json
import queue
import random
import threading
import time
from urllib.parse import quote, urlsplit


def things(url: str, rng: random.Random) -> dict[str, list[str]]:
    """Ids of each kind, from all over the ledger, and words that reports have."""
    found: dict[str, list[str]] = {}
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def ask(path: str) -> dict:
        connection.request("GET", f"/api/v1/{path}")
        return json.loads(connection.getresponse().read())

    for kind in ("reports", "events", "entries", "families", "storylines"):
        total = ask(f"{kind}?limit=1")["total"]
        ids = []
        for _ in range(12):
            start = rng.randrange(max(total - 50, 1))
            ids += [item["id"] for item in ask(f"{kind}?limit=50&from={start}")["items"]]
        found[kind] = ids
    words: collections.Counter[str] = collections.Counter()
    for report in ask("reports?limit=200")["items"]:
        words.update(w.strip(".,").lower() for w in (report["title"] or "").split() if len(w) > 3)
    found["words"] = [w for w, _ in words.most_common(300) if w.isalpha()]
    found["sentences"] = [e["claim"] for e in ask("entries?standing=echoed&limit=200")["items"]]
    found["families"] = [f for f in found["families"]]
    return found


def mix(found: dict[str, list[str]], rng: random.Random) -> tuple[str, str]:
    """One request: its kind and its path."""
    one = {kind: rng.choice(ids) for kind, ids in found.items() if ids}
    word = quote(one.get("words", "fire"))
    ways = [
        (18, "report page", f"/reports/{one['reports']}"),
        (10, "report json", f"/api/v1/reports/{one['reports']}"),
        (12, "event page", f"/events/{one['events']}"),
        (8, "event json", f"/api/v1/events/{one['events']}"),
        (10, "entry page", f"/entries/{one['entries']}"),
        (6, "family page", f"/families/{one['families']}"),
        (6, "storyline page", f"/storylines/{one['storylines']}"),
        (8, "search page", f"/reports?q={word}"),
        (6, "entries json", f"/api/v1/entries?limit=20&from={rng.randrange(2000)}"),
        (4, "front page", "/"),
        (4, "outlets page", "/outlets"),
        (4, "collate page", f"/collate?reports={one['reports']},{rng.choice(found['reports'])}"),
        (4, "check json", f"/api/v1/check?sentence={quote(one['sentences'][:300])}"),
    ]
    way = rng.choices(ways, [w[0] for w in ways])[0]
    return way[1], way[2]


def resident(pid: int | None) -> float:
    if pid is None:
        return float("nan")
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--pid", type=int)
    given = parser.parse_args()
    rng = random.Random(1)
    found = things(given.url, rng)
    todo: queue.Queue = queue.Queue()
    took: dict[str, list[float]] = collections.defaultdict(list)
    wrong: collections.Counter[str] = collections.Counter()

    def work() -> None:
        connection = http.client.HTTPConnection(urlsplit(given.url).netloc, timeout=60)
        while (job := todo.get()) is not None:
            kind, path, due = job
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    wrong[f"{kind}: {answer.status}"] += 1
            except OSError as e:
                wrong[f"{kind}: {type(e).__name__}"] += 1
                connection.close()
            took[kind].append((time.perf_counter() - due) * 1000)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(given.threads)]
    for thread in threads:
        thread.start()
    start, memory = time.perf_counter(), [resident(given.pid)]
    for n in range(int(given.rate * given.seconds)):
        due = start + n / given.rate
        if (left := due - time.perf_counter()) > 0:
            time.sleep(left)
        todo.put((*mix(found, rng), due))
        if n % int(given.rate * given.seconds / 10) == 0:
            memory.append(resident(given.pid))
    for _ in threads:
        todo.put(None)
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    memory.append(resident(given.pid))

    def row(name: str, times: list[float]) -> None:
        times = sorted(times)
        at = [times[min(int(len(times) * q), len(times) - 1)] for q in (0.5, 0.95, 0.99)]
        print(f"{name:16} {len(times):7} {at[0]:8.1f} {at[1]:8.1f} {at[2]:8.1f} {times[-1]:9.1f}")

    print(f"{'':16} {'n':>7} {'median':>8} {'95 %':>8} {'99 %':>8} {'longest':>9}   milliseconds")
    for kind in sorted(took):
        row(kind, took[kind])
    row("all", [t for times in took.values() for t in times])
    print(f"{sum(map(len, took.values())) / seconds:.0f} a second; wrong: {dict(wrong) or 'none'}")
    print("memory in MiB, from start to end: " + " ".join(f"{m:.0f}" for m in memory))


if __name__ == "__main__":
    main()
