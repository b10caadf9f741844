"""Trains the rows, so that what translates each other comes near and what does not stays apart.

In: rows, and pairs of short texts as `Texts`, by language pair. Out: the rows, moved.
Never: mixes language pairs in a batch (the language alone would then tell most texts apart), or draws without a fixed seed.

InfoNCE in batches (van den Oord et al. 2018), both ways, as for sentence encoders (Reimers and Gurevych 2020), but with
the sum of rows for an encoder; one rate a row, from the squares of its gradients (Duchi et al. 2011).
"""

import zlib

import numpy as np
import scipy.sparse as sp

STEPS, BATCH, RATE, TEMPERATURE = 6_000, 768, 0.02, 0.05
# Share of batches that are sentences; the rest are dictionary entries, as many in one text as BAGS says.
SENTENCES, BAGS = 0.3, (1, 1, 2, 3, 5, 8)
# After so many steps the languages' means are taken anew.
RENEW = 500


class Texts:
    """Texts as rows of the table, end to end."""

    def __init__(self, segmenter, texts):
        rows = [segmenter.rows_of(text) for text in texts]
        self.ends = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
        self.rows = np.array([row for r in rows for row in r], np.int32)
        self.keys = np.array([zlib.crc32(text.lower().encode()) for text in texts], np.int64)

    def __len__(self):
        return len(self.keys)

    def matrix(self, width):
        """How often each text has each row, (texts x width)."""
        ones = np.ones(len(self.rows), np.float32)
        return sp.csr_matrix((ones, self.rows, self.ends), (len(self), width))

    def bags(self, picked):
        """(rows, where each bag of them starts and ends, a key a bag) for `picked`, (bags x texts a bag)."""
        flat = picked.ravel()
        starts, sizes = self.ends[flat], self.ends[flat + 1] - self.ends[flat]
        before = np.cumsum(sizes) - sizes
        rows = self.rows[np.repeat(starts - before, sizes) + np.arange(sizes.sum())]
        ends = np.concatenate([[0], np.cumsum(sizes.reshape(picked.shape).sum(1))])
        return rows, ends, (self.keys[picked] * np.arange(1, picked.shape[1] + 1)).sum(1)


class Side:
    """One language's half of a batch: its unit vectors, and the way back to the rows."""

    def __init__(self, table, texts, picked, mean):
        rows, ends, self.keys = texts.bags(picked)
        self.rows, places = np.unique(rows, return_inverse=True)
        ones = np.ones(len(rows), np.float32)
        self.sums = sp.csr_matrix((ones, places, ends), (len(picked), len(self.rows)))
        moved = self.sums @ table[self.rows] - np.diff(ends)[:, None].astype(np.float32) * mean
        self.length = np.linalg.norm(moved, axis=1, keepdims=True) + np.float32(1e-6)
        self.units = moved / self.length

    def gradient(self, at_units):
        """Of the rows, from that of the unit vectors."""
        along = (at_units * self.units).sum(1, keepdims=True) * self.units
        return self.sums.T @ ((at_units - along) / self.length)


def slope(one, two):
    """The gradient of the loss in the cosines, (batch x batch). Texts that are the same are no negatives of each other."""
    near = one.units @ two.units.T / np.float32(TEMPERATURE)
    same = (one.keys[:, None] == one.keys) | (two.keys[:, None] == two.keys)
    np.fill_diagonal(same, False)
    near[same] = -1e4
    shares = [np.exp(near - near.max(axis, keepdims=True)) for axis in (0, 1)]
    total = sum(share / share.sum(axis, keepdims=True) for axis, share in enumerate(shares)) / 2
    return (total - np.eye(len(near), dtype=np.float32)) / np.float32(TEMPERATURE * len(near))


def draw(rng, pairs):
    """A language pair, small ones oftener than their share."""
    keys = sorted(pairs)
    weights = np.array([len(pairs[key][0]) for key in keys]) ** 0.5
    return keys[rng.choice(len(keys), p=weights / weights.sum())]


def train(table, entries, sentences, means_of, progress=print):
    """Moves `table` (pieces x dims). `means_of(table)` gives the languages' means, of all as "all"."""
    table, squares, rng = table.astype(np.float32), np.zeros((len(table), 1), np.float32), np.random.default_rng(2)
    for step in range(STEPS):
        if step % RENEW == 0:
            means = {name: mean.astype(np.float32) for name, mean in means_of(table).items()}
            progress(f"  step {step} of {STEPS}", flush=True)
        pairs, size = (sentences, 1) if rng.random() < SENTENCES else (entries, int(rng.choice(BAGS)))
        langs = draw(rng, pairs)
        picked = rng.integers(0, len(pairs[langs][0]), (BATCH, size))
        sides = [Side(table, t, picked, means.get(l, means["all"])) for t, l in zip(pairs[langs], langs)]
        cosines = slope(*sides)
        moves = [sides[0].gradient(cosines @ sides[1].units), sides[1].gradient(cosines.T @ sides[0].units)]
        for side, move in zip(sides, moves):
            squares[side.rows] += (move ** 2).mean(1, keepdims=True)
            table[side.rows] -= RATE * (1 - 0.9 * step / STEPS) * move / (np.sqrt(squares[side.rows]) + 1e-8)
    return table
