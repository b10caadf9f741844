"""Sentence retrieval across languages, with the table as it is shipped.

In: a file of JSON lines `{"lang", "text", "versions": [{"lang", "text"}]}`, versions being translations.
Out: on stdout, P@1 a language pair: how often a sentence's nearest in the other language is its own.
Never: trains; build_table.py does not read what this reads.
"""

import collections
import json
import re
import subprocess
import sys

import numpy as np

END = re.compile(r'(?<=[.!?…])["”’»)]*\s+|(?<=[。！？])[”」』]?|\n+')


def sentences(text):
    return [s.strip() for s in END.split(text) if s.strip()]


def pairs(path):
    """Sentences of texts and of their first translation that has as many."""
    found = collections.defaultdict(lambda: ([], []))
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        source = sentences(row["text"])
        for version in row["versions"]:
            target = sentences(version["text"])
            if version["lang"] != row["lang"] and len(target) == len(source):
                found[row["lang"], version["lang"]][0].extend(source)
                found[row["lang"], version["lang"]][1].extend(target)
                break
    return {langs: p for langs, p in found.items() if len(p[0]) >= 30}


def vectors(program, lang, texts):
    """Through the crate's own example `vectors`: a language and a text a line, in; 256 f32, out."""
    lines = "".join(f"{lang}\t{' '.join(t.split())}\n" for t in texts)
    raw = subprocess.run([program], input=lines.encode(), capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<f4").reshape(len(texts), -1)


def main(path, program):
    results = []
    for (one, two), (a, b) in sorted(pairs(path).items()):
        near = vectors(program, one, a) @ vectors(program, two, b).T
        own = np.arange(len(a))
        results.append(((near.argmax(1) == own).mean() + (near.argmax(0) == own).mean()) / 2)
        print(f"{one}-{two}  {len(a):5} sentences  P@1 {results[-1]:.3f}")
    print(f"mean P@1 {np.mean(results):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
