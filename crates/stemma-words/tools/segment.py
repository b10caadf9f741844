"""Words to pieces, as `src/segment.rs` does it: unigram Viterbi, unknown characters skipped.

In: text. Out: rows of the table. Never: differs from the crate on purpose; tests there hold it down.
"""

import unicodedata

import numpy as np

MARK, SKIP_COST = "\u2581", 10.0


class Segmenter:
    def __init__(self, pieces, scores):
        self.rows = {piece: i for i, piece in enumerate(pieces)}
        self.scores = [float(s) for s in scores]
        self.longest = max(map(len, pieces))
        self.skip = min(self.scores) - SKIP_COST
        self.known = {}

    def rows_of(self, text):
        rows = []
        for word in unicodedata.normalize("NFKC", text).split():
            found = self.known.get(word)
            if found is None:
                found = self.known[word] = self._viterbi(MARK + word)
            rows += found
        return rows

    def _viterbi(self, word):
        best = [(0.0, 0, None)] + [(float("-inf"), 0, None)] * len(word)
        for start in range(len(word)):
            base = best[start][0]
            if base + self.skip > best[start + 1][0]:
                best[start + 1] = (base + self.skip, start, None)
            for end in range(start + 1, min(len(word), start + self.longest) + 1):
                row = self.rows.get(word[start:end])
                if row is not None and base + self.scores[row] > best[end][0]:
                    best[end] = (base + self.scores[row], start, row)
        rows, end = [], len(word)
        while end:
            _, end, row = best[end]
            if row is not None:
                rows.append(row)
        return rows[::-1]

    def sums(self, texts, table):
        """The sum of table rows, and the number of pieces, of each text."""
        total, count = np.zeros((len(texts), table.shape[1])), np.zeros((len(texts), 1))
        for i, text in enumerate(texts):
            rows = self.rows_of(text)
            total[i], count[i] = table[rows].sum(0), len(rows)
        return total, count
