#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Makes the sets of times, quantities and statements from the annotated sentences.

    python3 corpus/languages/build.py           writes TASK/LANG.jsonl from LANG.txt
    python3 corpus/languages/build.py --check   exits with 1 where a set is not what would be written

The form of LANG.txt stands in README.md. Needs Python 3.9 or later and nothing else.
"""

import datetime
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LANGS = sorted(name[:-4] for name in os.listdir(HERE) if name.endswith(".txt"))
TASKS = ("times", "quantities", "statements")
CHANGES = {"~": "~", ">": ">", "<": "<", "up ": "up", "down ": "down"}
DAYS = {
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "pt": ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
}
VALUE = re.compile(
    r"(\d{2,4}|XXXX)(-(0[1-9]|1[0-2]|XX|Q[1-4]|H[12]|SP|SU|FA|WI)(-(\d\d|XX))?|-W(\d\d|XX)(-[1-7]|-WE)?)?"
    r"(T(\d\d:\d\d|MO|MI|AF|EV|NI))?$|FY\d{4}$|PT?(\d+(\.\d+)?|X)[YQMWDHSC]$|PX?\d?DE$|(PAST|PRESENT|FUTURE)_REF$")


class Fault(Exception):
    """A line that cannot be understood."""


def spot(text, words, start=None):
    """Where `words` stand in `text`, in code points: the first place from `start` on, where one is given.

    `words@2` asks for the second place of all; without either, there must be only one.
    """
    words, nth = (words[:-2], int(words[-1])) if re.search(r"@\d$", words) else (words, None)
    pattern = r"(?<!\w)" + re.escape(words) + r"(?!\w)"
    places = [m.start() for m in re.finditer(pattern, text)]
    if nth is not None:
        places = places[nth - 1:nth]
    elif start is not None:
        places = [p for p in places if p >= start]
    elif len(places) > 1:
        raise Fault(f"{words!r} stands {len(places)} times; say which with @1, @2")
    if not places:
        raise Fault(f"{words!r} does not stand here")
    return [places[0], places[0] + len(words)]


def spots(text, part):
    """The places of a part of a statement: none for `-`, several joined by ` … `."""
    found = []
    for words in [] if part == "-" else part.split(" … "):
        found.append(spot(text, words, found[-1][1] if found else None))
    return found


def time(text, line, after, lang):
    words, _, value = line.rpartition(" = ")
    value, _, kind = value.partition(" ")
    if not VALUE.match(value):
        raise Fault(f"{value!r} is no TIMEX3 value")
    kind = kind or ("DURATION" if re.match(r"P[T\dX]", value) else "TIME" if "T" in value and value[0].isdigit() else "DATE")
    if kind not in ("DATE", "TIME", "DURATION", "SET"):
        raise Fault(f"{kind!r} is no TIMEX3 type")
    start, end = spot(text, words, after)
    day = re.match(r"\d{4}-\d\d-\d\d", value)
    named = [n for n, name in enumerate(DAYS[lang]) if name in words.lower()]
    # The night to Sunday begins on Saturday.
    begins = {(n - 1) % 7 for n in named} if value.endswith("TNI") else set()
    if day and named and datetime.date.fromisoformat(day[0]).weekday() not in begins.union(named):
        raise Fault(f"{value} is not that weekday")
    return {"start": start, "end": end, "type": kind, "value": value}


def quantity(text, line, after):
    words, _, told = line.rpartition(" = ")
    change = next((c for c in CHANGES if told.startswith(c)), "")
    number, _, unit = told[len(change):].partition(" ")
    unit, _, normal = unit.partition(" / ")
    low, _, high = number.partition("..")
    if not (re.fullmatch(r"-?\d+(\.\d+)?", low) and re.fullmatch(r"(\d+(\.\d+)?)?", high) and unit and normal):
        raise Fault(f"{told!r} is no quantity")
    start, end = spot(text, words, after)
    value = f"{low}-{high}" if high else low
    return {"change": CHANGES.get(change, "="), "value": value, "unit": unit, "normalized_unit": normal,
            "referred_concepts": "-", "start": start, "end": end}


def statement(text, line):
    parts = line.split(" | ")
    if len(parts) != 3:
        raise Fault("a statement has source | cue | content")
    source, cue, content = (spots(text, part) for part in parts)
    return {"source": source, "cue": cue, "content": content}


def rows(lang):
    """The rows of a language, as `(number of the line, date, text, times, quantities, statements)`."""
    published, row = None, None
    with open(os.path.join(HERE, f"{lang}.txt"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            try:
                if line.startswith("= "):
                    published = datetime.date.fromisoformat(line[2:]).isoformat()
                elif line[:2] in ("t ", "q ", "s "):
                    text, found = row[2], row[3 + "tqs".index(line[0])]
                    # Times and quantities stand in the order of the text; each is sought behind the last.
                    after = found[-1]["start"] + 1 if found and line[0] != "s" else 0
                    if line[0] == "s":
                        found.append(statement(text, line[2:]))
                    else:
                        found.append(time(text, line[2:], after, lang) if line[0] == "t" else quantity(text, line[2:], after))
                elif line and not line.startswith("#"):
                    if row:
                        yield row
                    row = (number, published, line, [], [], [])
            except (Fault, TypeError, ValueError) as fault:
                raise SystemExit(f"{lang}.txt:{number}: {fault}: {line}")
    if row:
        yield row


def sets(lang):
    """The three sets of a language: task -> text of its file."""
    out = {task: [] for task in TASKS}
    for n, (_, published, text, *found) in enumerate(rows(lang), 1):
        head = {"id": f"{lang}-{n:02}", "lang": lang}
        for task, items in zip(TASKS, found):
            dated = {} if task == "quantities" else {"published": published}
            out[task].append({**head, **dated, "text": text, task: items})
    return {task: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made) for task, made in out.items()}


def main(arguments):
    n_stale = 0
    for lang in LANGS:
        made = sets(lang)
        for task, text in made.items():
            path = os.path.join(HERE, task, f"{lang}.jsonl")
            if arguments != ["--check"]:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            elif not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
                print(f"{path} is not what build.py makes of {lang}.txt", file=sys.stderr)
                n_stale += 1
        found = {task: [json.loads(line) for line in text.splitlines()] for task, text in made.items()}
        counts = (f"{sum(len(row[task]) for row in rows)} {task}" for task, rows in found.items())
        print(f"{lang}: {len(found['times'])} texts, {', '.join(counts)}")
    return 1 if n_stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
