"""Makes pairs of reports with labels, for training the decision of `compare`.

    python pairs.py EVAL_FOLDER WORK_FOLDER

Reads rewrites, translations, ECB+ and MEANTIME (development halves) and writes reports.jsonl,
pairs.tsv (for the example `pair_features`) and labels.tsv (label, sort of pair, group for
cross-validation) into WORK_FOLDER. Everything random is seeded by names, so it can be repeated.

Positives: two versions of one text; a version against a part of another (60 %, 30 %); a part mixed
with sentences of a stranger. Negatives: other reports of one event (ECB+), other events of the
topic, the nearest strangers by shared words. A third number in pairs.tsv asks for features without
word overlap: for pairs across languages, and for ECB+ pairs, which so stand in for independent
reports of one event in two languages.
"""

import collections, json, math, random, re, sys

EVAL, WORK = sys.argv[1], sys.argv[2]


def rows(name):
    return [json.loads(line) for line in open(f"{EVAL}/{name}.jsonl", encoding="utf-8")]


def join_tokens(t):
    t = t.replace("``", '"').replace("''", '"')
    t = re.sub(r"[^\S\n]+([.,;:!?%)\]])", r"\1", t)
    t = re.sub(r"([(\[$])[^\S\n]+", r"\1", t)
    t = re.sub(r"[^\S\n]+('s|'re|'ve|'ll|'d|'m|n't)\b", r"\1", t)
    return t.strip()


def pieces(t):
    return [s for s in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n+", t) if s.strip()]


def part(t, share, rng):
    s = pieces(t)
    k = max(2, round(len(s) * share))
    i = rng.randrange(max(1, len(s) - k + 1))
    return " ".join(s[i : i + k])


reports, pairs, labels = {}, [], []


def report(id, lang, text):
    reports[id] = (lang, text)
    return id


def pair(a, b, label, sort, group, across=None):
    across = reports[a][0] != reports[b][0] if across is None else across
    pairs.append((a, b, int(across)))
    labels.append((label, sort, group))


def sample_pairs(ids, k, rng):
    all_pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    return rng.sample(all_pairs, min(k, len(all_pairs)))


# The same texts stand in both files, so both name their groups alike.
families, translated = {}, {}
for r in rows("rewrites/dev"):
    families.setdefault("W:" + r["cluster"], []).append(report("R:" + r["id"], "en", r["text"]))
for r in rows("translations/dev"):
    ids = translated.setdefault("W:" + r["id"], [])
    ids.append(report("T:" + r["id"], r["lang"], r["text"]))
    for k, v in enumerate(r["versions"]):
        ids.append(report(f"T:{r['id']}#{k}", v["lang"], v["text"]))

for name, ids in [*families.items(), *translated.items()]:
    rng = random.Random(name + ids[0])
    langs = collections.Counter(reports[i][0] for i in ids)
    for a, b in sample_pairs([i for i in ids if reports[i][0] != reports[ids[0]][0]] if len(langs) > 1 else ids, 8, rng):
        pair(a, b, 1, "within", name)
        if rng.random() < 0.4:
            share = rng.choice([0.6, 0.3])
            c = report(f"{b}~{share}", reports[b][0], part(reports[b][1], share, rng))
            pair(a, c, 1, f"within part {share}", name)
    if len(langs) > 1:
        for b in rng.sample(ids[1:], min(6, len(ids) - 1)):
            pair(ids[0], b, 1, "across", name)
            if rng.random() < 0.4:
                share = rng.choice([0.6, 0.3])
                c = report(f"{b}~{share}x", reports[b][0], part(reports[b][1], share, rng))
                pair(ids[0], c, 1, f"across part {share}", name)

ecb = rows("events/ecbplus-dev")
by_topic = collections.defaultdict(list)
for r in ecb:
    report("E:" + r["id"], "en", join_tokens(r["text"]))
    by_topic[str(r["topic"])].append(r)
for topic, rs in sorted(by_topic.items()):
    rng = random.Random(topic)
    chosen = sample_pairs(rs, 90, rng)
    for a, b in chosen:
        sort = "one event" if a["event"] == b["event"] else "one topic"
        for across in (False, True):
            pair("E:" + a["id"], "E:" + b["id"], 0, sort + (" as if across" if across else ""), "E:" + topic, across)
for r in rows("events/meantime-dev"):
    report("M:" + r["id"], r["lang"], join_tokens(r["text"]))
    by_topic["M:" + str(r["topic"])].append(r)
meantime = collections.defaultdict(list)
for r in rows("events/meantime-dev"):
    meantime[str(r["event"])].append("M:" + r["id"])
for event, ids in meantime.items():
    for a, b in sample_pairs(ids, 4, random.Random(event)):
        pair(a, b, 1, "meantime", "M:" + event)

# Nearest strangers: by telling words within a language, by figures and capitals across.
def keys(id):
    words = set(re.findall(r"\w{4,}", reports[id][1].lower()))
    return words | set(re.findall(r"\d+", reports[id][1]))


texts = [*families.items(), *translated.items()]
pool = [ids[0] for _, ids in texts] + [ids[1] for _, ids in texts]
pool += ["E:" + r["id"] for r in ecb[::3]] + [ids[0] for ids in meantime.values()] + [ids[-1] for ids in meantime.values()]
group = {i: name for name, ids in texts for i in ids}
group |= {"E:" + r["id"]: "E:" + str(r["topic"]) for r in ecb}
group |= {i: "M:" + e for e, ids in meantime.items() for i in ids}
postings = collections.defaultdict(list)
for i in pool:
    for k in keys(i):
        postings[k].append(i)
for i in pool:
    score = collections.Counter()
    for k in keys(i):
        if 1 < len(postings[k]) < 200:
            for j in postings[k]:
                score[j] += math.log(len(pool) / len(postings[k]))
    others = [j for j, _ in score.most_common(400) if group[j] != group[i]]
    same = [j for j in others if reports[j][0] == reports[i][0]][:4]
    across = [j for j in others if reports[j][0] != reports[i][0]][:4]
    for j in same + across:
        pair(i, j, 0, "strangers", group[i])
    if same:
        rng = random.Random(i)
        mixed = part(reports[i][1], 0.5, rng) + " " + part(reports[same[0]][1], 0.5, rng)
        m = report(i + "~mix", reports[i][0], mixed)
        other = rng.choice([k for name, ids in texts if name == group[i] for k in ids] or [i])
        if other != i:
            pair(other, m, 1, "mixed", group[i])

with open(f"{WORK}/reports.jsonl", "w", encoding="utf-8") as f:
    for id, (lang, text) in reports.items():
        f.write(json.dumps({"id": id, "lang": lang, "text": text}, ensure_ascii=False) + "\n")
with open(f"{WORK}/pairs.tsv", "w") as f, open(f"{WORK}/labels.tsv", "w") as g:
    for (a, b, across), (label, sort, name) in zip(pairs, labels):
        f.write(f"{a}\t{b}\t{across}\n")
        g.write(f"{label}\t{sort}\t{name}\n")
print(len(reports), "reports", len(pairs), "pairs", collections.Counter(l[1] for l in labels))
