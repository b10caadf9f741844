"""Trains the decision of `compare`: two logistic models over the features of pairs.

    python pairs.py EVAL WORK
    cargo run --example pair_features -- WORK/reports.jsonl WORK/pairs.tsv > WORK/features.tsv
    python train.py WORK > ../../src/compare/weights.toml

Needs numpy and scikit-learn. Cross-validates by family and topic (5 parts), prints the figures to
the error stream, then fits on all. ECB+ pairs of one event with a tenth or more of verbatim text
outside quotes are left out: most are uncaught wire copies.
"""

import sys
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

WORK = sys.argv[1]
lines = open(f"{WORK}/features.tsv").read().splitlines()
names = lines[0].split("\t")
X = np.array([[float(v) for v in l.split("\t")] for l in lines[1:]])
labels = [l.split("\t") for l in open(f"{WORK}/labels.tsv").read().splitlines()]
y = np.array([int(l[0]) for l in labels])
sort = np.array([l[1] for l in labels])
group = np.array([l[2] for l in labels])
across = np.array([l.rstrip("\n").split("\t")[2] == "1" for l in open(f"{WORK}/pairs.tsv")])
col = {n: i for i, n in enumerate(names)}

WITHIN = ["gain", "cover_min", "cover_max", "margin", "margin_low", "contiguous", "increasing", "lengths_agree",
          "anchors_agree", "names_shared", "numbers_differ", "length_ratio", "log_sentences", "verbatim_unquoted",
          "pairs_shared", "unaligned_shared", "over_reversed"]
ACROSS = ["gain", "cover_min", "cover_max", "margin", "margin_low", "contiguous", "increasing", "lengths_agree",
          "anchors_agree", "names_shared", "numbers_shared", "numbers_differ", "length_ratio", "log_sentences",
          "anchors_unaligned", "over_reversed"]


def model():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000, class_weight="balanced"))


def at_precision(y, p, wanted=0.99):
    order = np.argsort(-p)
    precision = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
    ok = np.where(precision >= wanted)[0]
    return (0.0, 1.0) if len(ok) == 0 else (y[order][: ok[-1] + 1].sum() / y.sum(), p[order][ok[-1]])


print("# Weights of the decision in `compare`: a logistic model of the features named, one for reports in one")
print("# language, one across languages. Made by tools/compare/train.py from pairs of development data")
print("# (WMT rewrites and translations, ECB+, MEANTIME; only these numbers are kept of them).")
for part, columns, mask in (("within", WITHIN, ~across), ("across", ACROSS, across)):
    copies = (sort == "one event") & (X[:, col["verbatim_unquoted"]] >= 0.1)
    keep = mask & ~copies & ~((sort == "one event as if across") & np.roll(copies, 1))
    A, b, g, s = X[keep][:, [col[c] for c in columns]], y[keep], group[keep], sort[keep]
    p = cross_val_predict(model(), A, b, groups=g, cv=GroupKFold(5), method="predict_proba")[:, 1]
    recall, bar = at_precision(b, p)
    report = f"{part}: {len(b)} pairs, AUC {roc_auc_score(b, p):.4f}, recall at precision .99 {recall:.3f} (bar {bar:.3f})"
    print(f"#\n# {report}, cross-validated by family and topic.")
    print(report, file=sys.stderr)
    for k in sorted(set(s)):
        q = p[s == k]
        print(f"   {k:24} n {len(q):5} mean {q.mean():.3f} over .5 {(q > .5).mean():.3f} over .9 {(q > .9).mean():.3f}", file=sys.stderr)
    edges = [0, .02, .1, .3, .5, .7, .9, .98, 1.0001]
    print("   calibration", [(round(float(p[m].mean()), 2), round(float(b[m].mean()), 2), int(m.sum())) for lo, hi in zip(edges, edges[1:]) if (m := (p >= lo) & (p < hi)).any()], file=sys.stderr)
    fit = model().fit(A, b)
    scale, w = fit[0].scale_, fit[1].coef_[0]
    print("   standardised", {c: round(float(x), 2) for c, x in zip(columns, w)}, file=sys.stderr)
    bias = fit[1].intercept_[0] - (w * fit[0].mean_ / scale).sum()
    print(f"\n[{part}]\nbias = {bias:.4f}\n\n[{part}.weights]")
    for c, x in zip(columns, w / scale):
        print(f"{c} = {x:.4f}")
