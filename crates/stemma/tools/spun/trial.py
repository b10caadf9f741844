"""The trial of docs/decisions/0008-spun.md: does the wording of one report show that it was spun?

For each content word: how often its pairs with both neighbours are written, how often those of its synonyms would be,
how common it and they are. A logistic model tells words of published reports from WordNet swaps made in them; a report's
score is the mean over its distinct words. Writes no table: the engine does not use it.

Input: Debian's `wordnet` (WordNet 3.0, Princeton licence) and the PyPI package `symspellpy` (MIT; its pairs are of Google's
web n-grams), and the folder of evaluation data. Reports are trained on and tested in halves; spins are never trained on.
Needs numpy and scikit-learn. Run: python trial.py ../../../../../shared ../../../../corpus
"""

import json
import math
import random
import re
import sys
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

WORDNET = Path("/usr/share/wordnet")
NEAR = {"@", "~", "&"}  # hypernym, hyponym, similar
SWAPPED = 0.5
LEAST_WORDS = 30
TRAINED, TESTED = 150, 350  # reports of each set at most
LEAST_PAIR = 6e6  # the count of the rarest pair of the dictionary


def dictionary(name):
    rows = (files("symspellpy") / name).read_text(encoding="utf-8-sig").splitlines()
    return {tuple(r.split()[:-1]): int(r.split()[-1]) for r in rows}


PAIRS = dictionary("frequency_bigramdictionary_en_243_342.txt")
COUNTS = {w[0]: n for w, n in dictionary("frequency_dictionary_en_82_765.txt").items()}
TOTAL = sum(COUNTS.values())
OPENS = defaultdict(int)
for (first, _), n in PAIRS.items():
    OPENS[first] += n
GRAMMAR = set(sorted(OPENS, key=OPENS.get, reverse=True)[:160])


def synonyms():
    """Of each word those of its synsets, and those and the words of synsets beside them."""
    synsets = {}
    for part in ["noun", "verb", "adj", "adv"]:
        for line in (WORDNET / f"data.{part}").read_text(encoding="latin1").splitlines():
            if line.startswith(" "):
                continue
            f = line.split(" | ")[0].split()
            n = int(f[3], 16)
            words = [w for w in (f[4 + 2 * i].split("(")[0] for i in range(n)) if w.isalpha() and w.islower()]
            at = 5 + 2 * n
            links = [f[at + 4 * i : at + 3 + 4 * i] for i in range(int(f[at - 1]))]
            kind = f[2].replace("s", "a")
            synsets[kind, f[0]] = (words, [(k.replace("s", "a"), o) for s, o, k in links if s in NEAR])
    same, near = defaultdict(set), defaultdict(set)
    for words, links in synsets.values():
        beside = [w for link in links for w in synsets[link][0]]
        for w in words:
            same[w].update(words)
            near[w].update(words + beside)
    return same, near


SAME, NEAR_TO = synonyms()


def stems(word):
    """What a word may be a form of, and the ending that it has."""
    yield word, ""
    for end, puts in [("ies", "y"), ("es", ""), ("s", "")]:
        if word.endswith(end):
            yield word[: -len(end)] + puts, "s"
    for end, as_ in [("ied", "ed"), ("ed", "ed"), ("ing", "ing")]:
        if word.endswith(end):
            stem = word[: -len(end)]
            yield from ((s, as_) for s in ([stem + "y"] if end == "ied" else [stem, stem + "e", stem[:-1]]))


def put(word, end):
    if end == "ed" and word.endswith("e"):
        return word + "d"
    if end == "ing" and word.endswith("e"):
        return word[:-1] + "ing"
    if end in ("s", "ed") and word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + ("ies" if end == "s" else "ied")
    return word + ("es" if end == "s" and word.endswith(("s", "x", "ch", "sh")) else end)


@lru_cache(None)
def others(word):
    found = []
    for table in (SAME, NEAR_TO):
        forms = {put(o, end) for stem, end in stems(word) for o in table.get(stem, ())}
        found.append([o for o in sorted(forms - {word}) if o in COUNTS])
    return found


def common(word):
    return math.log(COUNTS.get(word, 1200) / TOTAL)


def pair(x, y):
    return math.log(PAIRS[x, y] / LEAST_PAIR) + 1 if (x, y) in PAIRS else 0.0


def features(text):
    """One row for each content word in lower case that has synonyms, with the word and whether it was swapped."""
    rows, words, swapped = [], [], []
    for clause in re.split(r'[.!?;:,()"“”\n]+', text):
        tokens = re.findall(r"[A-Za-z][A-Za-z'’-]*@?|\d[\d.,]*", clause)
        plain = [t.rstrip("@") for t in tokens]
        small = [w.islower() and w.isalpha() for w in plain]
        line = [w.lower() if s or (i == 0 and w.isalpha()) else "^" for i, (w, s) in enumerate(zip(plain, small))]
        for i, word in enumerate(line):
            if not small[i] or word in GRAMMAR or len(word) < 3 or word not in COUNTS or not others(word)[1]:
                continue
            rows.append(row(line[i - 1] if i else "", word, line[i + 1] if i + 1 < len(line) else ""))
            words.append(word)
            swapped.append(tokens[i].endswith("@"))
    return np.array(rows, float).reshape(-1, 24), words, np.array(swapped, bool)


def row(left, word, right):
    same, near = others(word)
    f, before, after = common(word), pair(left, word), pair(word, right)
    beside = [(pair(left, o), pair(o, right)) for o in near]
    best_same = max((pair(left, o) + pair(o, right) for o in same), default=0)
    best = max(x + y for x, y in beside)
    up, up_same = max(map(common, near)) - f, max(map(common, same), default=f - 1) - f
    sides = [common(w) if w in COUNTS else 0 for w in (left, right)]
    return [f, f * f, before, after, before == 0, after == 0, *sides, sides[0] ** 2, sides[1] ** 2, best_same, best,
            max(min(b) for b in beside), max(best - before - after, 0), best * (before == after == 0), up_same, up,
            max(up, 0), max(up_same, 0), sum(common(o) > f for o in near), len(same), len(near), left in GRAMMAR,
            right in GRAMMAR]  # fmt: skip


def swap(text, table):
    def one(match):
        word = match.group()
        if len(word) < 4 or not word.islower() or random.random() > SWAPPED:
            return word
        found = others(word)[table]
        return random.choice(found) + "@" if found else word

    return re.sub(r"[A-Za-z]+", one, text)


def texts(shared, corpus):
    def of(path):
        return [json.loads(l)["text"] for l in (shared / "eval" / path).read_text(encoding="utf-8").splitlines()]

    clean = {"statements": of("statements/train.jsonl"), "reuters": random.sample(of("throughput/reuters.jsonl"), 1200),
             "events": of("events/ecbplus-dev.jsonl"), "rewrites": random.sample(of("rewrites/dev.jsonl"), 500)}  # fmt: skip
    real = {}
    for story in [*sorted(corpus.iterdir()), shared / "corpora/seeds"]:
        if (story / "expected.json").is_file():
            truth = json.loads((story / "expected.json").read_text())
            for key, report in truth["reports"].items():
                if report.get("lang") == "en":
                    text = (story / report["file"]).read_text(encoding="utf-8", errors="replace")
                    real[f"{story.name}/{key}"] = (re.sub(r"<[^>]+>", " ", text), key in truth["spun"])
    return clean, real


def main():
    random.seed(3)
    clean, real = texts(Path(sys.argv[1]), Path(sys.argv[2]))
    x, y = [], []
    for reports in clean.values():
        random.shuffle(reports)
        for k, text in enumerate(reports[: min(TRAINED, len(reports) // 2)]):
            rows = features(text)[0]
            spun, _, swapped = features(swap(text, k % 2))
            x += [rows, spun[swapped]]
            y += [np.zeros(len(rows)), np.ones(int(swapped.sum()))]
    x, y = np.vstack(x), np.concatenate(y)
    mean, step = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(max_iter=1000, C=0.1).fit((x - mean) / step, y)

    def score(text):
        rows, words, _ = features(text)
        of = defaultdict(list)
        if len(rows):
            for word, odds in zip(words, model.decision_function((rows - mean) / step)):
                of[word].append(odds)
        return (np.mean([np.mean(v) for v in of.values()]), len(of)) if len(of) >= LEAST_WORDS else None

    found = {name: (score(text), spun) for name, (text, spun) in real.items()}
    for name, (s, spun) in sorted(found.items(), key=lambda f: -(f[1][0] or (-9, 0))[0]):
        if s:
            print(f"{s[0]:6.2f} {s[1]:4} {'spun' if spun else '':5}{name}")
    bar = found["seeds/002"][0][0]
    for name, reports in clean.items():
        for least in (LEAST_WORDS, 60):
            held = [s for t in reports[min(TRAINED, len(reports) // 2) :][:TESTED] if (s := score(t)) and s[1] >= least]
            values = np.array([s[0] for s in held])
            marks = " ".join(f"{v:.2f}" for v in np.percentile(values, [50, 95, 99, 100]))
            print(f"{name}: {len(held)} of {least} words and more; 50, 95, 99, 100 %: {marks}; as high as 002: {(values >= bar).sum()}")


if __name__ == "__main__":
    main()
