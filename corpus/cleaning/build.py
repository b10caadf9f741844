#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Plants defects into clean texts: one set a language for the task `cleaning`.

    python3 corpus/cleaning/build.py           writes LANG.jsonl
    python3 corpus/cleaning/build.py --check   exits with 1 where a set is not what would be written

The sentences are those of corpus/languages, the furniture is in lines.json; all of it is of our own
writing. A row is {id, kind, text, planted, sentences}: `planted` are the words that must be found,
`sentences` those of the text before. Needs Python 3.9 or later and nothing else.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LANGS = ("de", "en", "es", "fr", "pt")
# Sentences a text, and a paragraph; every third text gets a defect of a kind, which keeps the sets small.
TEXT, PARAGRAPH, EVERY = 6, 2, 3


def paragraphs(sentences):
    return [" ".join(sentences[i:i + PARAGRAPH]) for i in range(0, len(sentences), PARAGRAPH)]


def lines(kind, words, place):
    """Plants lines of their own: at the end, or behind the first paragraph."""
    def plant(sentences, turn):
        parts, line = paragraphs(sentences), words[kind][turn % len(words[kind])]
        parts.insert(place if place is not None else len(parts), line)
        return "\n\n".join(parts), [line]
    return plant


def teasers(words):
    def plant(sentences, turn):
        heading = words["heading"][turn % len(words["heading"])]
        titles = [words["title"][(turn + i) % len(words["title"])] for i in range(3)]
        return "\n\n".join(paragraphs(sentences) + [heading] + titles), [heading] + titles
    return plant


def repeated(sentences, turn):
    parts = paragraphs(sentences)
    return "\n\n".join(parts + parts[:2]), parts[:2]


def dateline(words):
    def plant(sentences, turn):
        line = words["dateline"][turn % len(words["dateline"])]
        return "\n\n".join([line + paragraphs(sentences)[0]] + paragraphs(sentences)[1:]), [line.strip()]
    return plant


def glued(sentences, turn):
    parts = paragraphs(sentences)
    parts[1] = "".join(sentences[PARAGRAPH:2 * PARAGRAPH])
    return "\n\n".join(parts), [sentences[PARAGRAPH + 1].split()[0]]


def mojibake(words):
    def plant(sentences, turn):
        broken = [s.encode("utf-8").decode("cp1252", "ignore") for s in words["accents"]]
        return "\n\n".join(paragraphs(sentences) + [" ".join(broken)]), broken[:1]
    return plant


def markup(sentences, turn):
    tags = (("<p>", "</p>"), ("<b>", "</b>"), ("<br />", ""), ('<a href="/x">', "</a>"))[turn % 4]
    first, *rest = sentences[0].split(" ")
    start = tags[0] + first + tags[1]
    return "\n\n".join(paragraphs([" ".join([start] + rest)] + sentences[1:])), [t for t in tags if t]


def unseen(sentences, turn):
    sign = "\u00ad\u200b\ufeff"[turn % 3]
    word = max(sentences[0].split(), key=len)
    broken = word[:3] + sign + word[3:]
    return "\n\n".join(paragraphs([sentences[0].replace(word, broken, 1)] + sentences[1:])), [sign]


def rows(lang, words):
    with open(os.path.join(HERE, "..", "languages", "statements", lang + ".jsonl"), encoding="utf-8") as file:
        sentences = [json.loads(line)["text"] for line in file]
    kinds = {
        "repeated": repeated, "teasers": teasers(words), "share": lines("share", words, 1),
        "cookies": lines("cookies", words, None), "subscribe": lines("subscribe", words, 2),
        "caption": lines("caption", words, 1), "credit": lines("credit", words, None),
        "dateline": dateline(words), "glued": glued, "mojibake": mojibake(words), "markup": markup,
        "unseen": unseen,
    }
    for turn, at in enumerate(range(0, len(sentences) - TEXT + 1, TEXT)):
        own = sentences[at:at + TEXT]
        yield {"id": f"{lang}-{turn:02}-clean", "kind": "clean", "text": "\n\n".join(paragraphs(own)),
               "planted": [], "sentences": own}
        for n, (kind, plant) in enumerate(kinds.items()):
            if (turn + n) % EVERY == 0:
                text, planted = plant(own, turn // EVERY)
                yield {"id": f"{lang}-{turn:02}-{kind}", "kind": kind, "text": text, "planted": planted,
                       "sentences": own}


def main():
    with open(os.path.join(HERE, "lines.json"), encoding="utf-8") as file:
        words = json.load(file)
    stale = False
    for lang in LANGS:
        made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(lang, words[lang]))
        path = os.path.join(HERE, lang + ".jsonl")
        if "--check" in sys.argv:
            with open(path, encoding="utf-8") as file:
                stale |= file.read() != made
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(made)
    sys.exit(1 if stale else 0)


main()
