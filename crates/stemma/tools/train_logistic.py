#!/usr/bin/env python3
"""Fits the small logistic models of grouping and reconciling from what the examples print.

    cargo run --release -p stemma --example group_pairs -- FILE... > pairs.csv
    python3 train_logistic.py group pairs.csv > ../src/group/weights.toml
    cargo run --release -p stemma --example claim_pairs -- STORY... > pairs.csv
    python3 train_logistic.py claims pairs.csv > ../src/reconcile/weights.toml

Needs numpy. Prints a TOML table; on standard error, what each model reaches on groups (topics,
stories) held out in turn: average precision, and F1 at one half. A collection counts by the
square root of its pairs; the ridge keeps a feature's weight near zero unless it pays. In grouping no
likeness may count against a pair and nothing of AGAINST for it: weights that did so told one
collection's habits (held out, ECB+ B³ F1 rose from .89 to .91 without them).
"""
import csv
import sys

import numpy as np

RIDGE = 1.0
POWER = 0.5
AGAINST = {"lead_days_clash", "lead_places_clash", "gap"}


def fit(x, y, weight=None, steps=60):
    """Newton's method for ridge logistic regression; the bias is not held back."""
    weight = np.ones(len(y)) if weight is None else weight
    x1 = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(x1.shape[1])
    hold = np.full(x1.shape[1], RIDGE)
    hold[0] = 1e-6
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x1 @ w, -30, 30)))
        gradient = x1.T @ (weight * (p - y)) + hold * w
        curve = (x1 * (weight * p * (1 - p))[:, None]).T @ x1 + np.diag(hold)
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def fit_signed(x, y, weight, signs):
    """Fits, leaves out what got the wrong sign, and fits again until none has."""
    kept = np.ones(x.shape[1], bool)
    while True:
        w = np.zeros(x.shape[1] + 1)
        w[np.concatenate([[True], kept])] = fit(x[:, kept], y, weight)
        wrong = w[1:] * signs < 0
        if not wrong.any():
            return w
        kept &= ~wrong


def score(w, x):
    return 1 / (1 + np.exp(-np.clip(w[0] + x @ w[1:], -30, 30)))


def average_precision(y, p):
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum(y[order])
    ranks = np.arange(1, len(y) + 1)
    return float((hits / ranks * y[order]).sum() / max(1, y.sum()))


def held_out(x, y, groups, weight, signs):
    p = np.zeros(len(y))
    names = sorted(set(groups))
    folds = {name: i % 10 for i, name in enumerate(names)}
    fold = np.array([folds[g] for g in groups])
    for k in sorted(set(fold)):
        inside = fold == k
        if y[~inside].sum() > 0:
            p[inside] = score(fit_signed(x[~inside], y[~inside], weight[~inside], signs), x[inside])
    said = p >= 0.5
    f1 = 2 * (said & (y > 0)).sum() / max(1, said.sum() + y.sum())
    return average_precision(y, p), f1


def weights(piles):
    """A pile counts by the square root of its pairs, so that the largest does not decide alone."""
    piles = np.array(piles)
    sizes = {p: (piles == p).sum() for p in set(piles)}
    raw = np.array([sizes[p] ** -POWER for p in piles])
    return raw * len(piles) / raw.sum()


def model(name, rows, names, label, group, names_of_pile, signs):
    x = np.array([[float(r[n]) for n in names] for r in rows])
    y = np.array([float(r[label]) for r in rows])
    groups = [r[group] for r in rows]
    weight = weights([r[names_of_pile] for r in rows])
    ap, f1 = held_out(x, y, groups, weight, signs)
    print(f"{name}: {len(y)} pairs, {int(y.sum())} true; held out: AP {ap:.3f}, F1 {f1:.3f}", file=sys.stderr)
    w = fit_signed(x, y, weight, signs)
    used = [(n, v) for n, v in zip(names, w[1:]) if abs(v) >= 0.05]
    lines = [f"[{name}]", f"bias = {w[0]:.3f}"] + [f"{n} = {v:.3f}" for n, v in used]
    return "\n".join(lines) + "\n", f"# {name}: held out AP {ap:.3f}, F1 {f1:.3f} over {len(y)} pairs"


def main():
    task, path = sys.argv[1:3]
    rows = list(csv.DictReader(open(path)))
    fixed = {"group": 10, "claims": 5}[task]
    names = list(rows[0].keys())[fixed:]
    if task == "group":
        parts = [("within", [r for r in rows if r["across"] == "0"]), ("across", [r for r in rows if r["across"] == "1"])]
        label, group, pile = "same_event", "topic_a", "pile"
        signs = np.array([-1 if n in AGAINST else 1 for n in names])
    else:
        numeric = lambda r: float(r["figures"]) > 0
        strangers = [r for r in rows if r["kin"] == "0"]
        parts = [
            ("kin", [r for r in rows if r["kin"] == "1"]),
            ("numbers", [r for r in strangers if numeric(r)]),
            ("words", [r for r in strangers if not numeric(r)]),
        ]
        label, group, pile = "same", "story", "story"
        signs = np.zeros(len(names))
    made = [model(name, part, names, label, group, pile, signs) for name, part in parts]
    print("# Logistic weights by feature, made by tools/train_logistic.py; groups held out in turn:")
    print("\n".join(note for _, note in made))
    print()
    print("\n".join(text for text, _ in made), end="")


if __name__ == "__main__":
    main()
