"""Times stemma beside MinHash programs on the same reports, one after another.

    python tests/peers/peers.py REPORTS.jsonl

Each runs as a process of its own; wall seconds and the greatest resident memory are the system's. The peers are set
as their documents advise for near copies: 128 permutations, shingles of five words, threshold 0.7. They find pairs
of like texts; stemma besides says who copied whom, what happened and who says so, so its steps are told apart.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PERMUTATIONS, WORDS, THRESHOLD = 128, 5, 0.7


def texts(path: str) -> list[str]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def rensa(path: str) -> None:
    """Hashes all texts, then asks for the likes of each: prints how many have any."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    hashes = []
    for n, text in enumerate(texts(path)):
        words = text.split()
        shingles = [" ".join(words[i : i + WORDS]) for i in range(max(len(words) - WORDS + 1, 1))]
        own = RMinHash(num_perm=PERMUTATIONS, seed=42)
        own.update(shingles)
        lsh.insert(n, own)
        hashes.append(own)
    print(sum(any(m != n for m in lsh.query(own)) for n, own in enumerate(hashes)))


def measured(command: list[str]) -> tuple[float, float, str]:
    """Wall seconds, peak MiB of the process and its children, and what it printed."""
    start = time.monotonic()
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    printed, said = done.communicate()
    seconds = time.monotonic() - start
    if done.returncode:
        sys.exit(f"error: {' '.join(command[:4])} … failed:\n{said.decode(errors='replace')[-2000:]}")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, printed.decode(errors="replace")


def apart(command: list[str]) -> tuple[float, float, str]:
    """The same from a process of its own, so that the peak is this command's alone."""
    asked = [sys.executable, __file__, "--measure", json.dumps(command)]
    return tuple(json.loads(subprocess.run(asked, check=True, capture_output=True).stdout))


def row(name: str, n: int, seconds: float, peak: float | None) -> None:
    told = "" if peak is None else f"{peak:>12.0f}"
    print(f"{name:<44}{seconds:>10.2f}{n / max(seconds, 1e-9):>12.0f}{told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="?")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--rensa", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measured(json.loads(given.measure))))
        return
    if given.rensa:
        rensa(given.rensa)
        return
    if not given.reports:
        parser.error("name a file of reports, a JSON object a line with \"text\"")
    path, n = os.path.abspath(given.reports), len(texts(given.reports))
    print(f"{n} reports, {os.cpu_count()} processors\n")
    print(f"{'':<44}{'seconds':>10}{'reports/s':>12}{'peak MiB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        row("rensa 0.5 (MinHash, LSH)", n, *apart([sys.executable, __file__, "--rensa", path])[:2])
        dedup = [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", path, "--split", "train"]
        dedup += ["--column", "text", "--output", f"{folder}/out", "--cache_dir", f"{folder}/cache"]
        dedup += ["--ngram", str(WORDS), "--num_perm", str(PERMUTATIONS), "--threshold", str(THRESHOLD)]
        row("text-dedup 0.4 (MinHash, LSH)", n, *apart(dedup)[:2])
        stemma = [os.environ.get("STEMMA", "target/release/stemma"), "read", path]
        stemma += ["--ledger", f"{folder}/peers.db", "--json", "--timings"]
        seconds, peak, printed = apart(stemma)
        steps = {s["step"]: s["seconds"] for s in json.loads(printed)["timings"]["steps"]}
        part = lambda *names: sum(steps[name] for name in names)
        row("stemma: prints", n, part("fingerprint"), None)
        row("stemma: candidates, alignment, decision", n, part("compare"), None)
        row("stemma: families, direction, variants", n, part("trace"), None)
        row("stemma: all of it, the ledger written", n, seconds, peak)


main()
