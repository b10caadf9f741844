"""Reads the dictionaries that every Debian mirror carries: FreeDict's in dictd form, and Ding's.

In: a folder made by fetch.sh (unpacked packages). Out: pairs of short texts that say the same, by language pair.
Never: downloads, or reads an example, a definition or a note for a translation.
"""

import gzip
import re
from pathlib import Path

DIGITS = {c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
# ISO 639-3 to the codes that the table's means have.
CODES = {
    "afr": "af", "ara": "ar", "bre": "br", "bul": "bg", "cat": "ca", "ces": "cs", "cym": "cy", "dan": "da", "deu": "de", "ell": "el",
    "eng": "en", "epo": "eo", "fin": "fi", "fra": "fr", "gle": "ga", "hin": "hi", "hrv": "hr", "hun": "hu", "ind": "id", "isl": "is",
    "ita": "it", "jpn": "ja", "kur": "ku", "lat": "la", "lit": "lt", "mkd": "mk", "nld": "nl", "nno": "nn", "nob": "nb", "nor": "nb",
    "oci": "oc", "pol": "pl", "por": "pt", "rom": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv",
    "swh": "sw", "tur": "tr",
}
NOTE = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}|/[^/]*/")
NUMBERED = re.compile(r"^\d+\. ")
MOST_WORDS, MOST_LETTERS = 4, 40


def number(code):
    value = 0
    for c in code:
        value = value * 64 + DIGITS[c]
    return value


def plain(text):
    """Without notes; None for what is no short text."""
    text = " ".join(NOTE.sub(" ", text).split()).strip(" .;,-")
    return text if text and len(text) <= MOST_LETTERS and text.count(" ") < MOST_WORDS else None


def translations(lines):
    """The first line after the head and what is numbered; the rest defines or explains."""
    chosen, first = [], True
    for line in lines:
        if not line or line[0] in " \t(" or line.startswith(("see:", "Synonym", "Note")):
            continue
        if NUMBERED.match(line) or first:
            chosen += re.split(r"[,;]", NOTE.sub(" ", NUMBERED.sub("", line)))
        first = False
    return [t for t in map(plain, chosen) if t]


def freedict(folder):
    """((language, language), [(headword, translation)]) a dictionary."""
    for index in sorted(Path(folder).glob("**/freedict-*.index")):
        one, two = (CODES.get(code) for code in index.stem.split("-")[1:3])
        if not one or not two or one == two:
            continue
        text = gzip.open(index.with_suffix(".dict.dz")).read()
        found = set()
        for line in index.read_text("utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) < 3 or line.startswith("00"):
                continue
            at, size = number(fields[1]), number(fields[2])
            lines = text[at:at + size].decode("utf-8", "replace").splitlines()
            heads = [h for h in map(plain, NOTE.sub(" ", lines[0]).split(",")) if h] if lines else []
            found.update((head, other) for head in heads[:2] for other in translations(lines[1:])[:6])
        yield (one, two), sorted(found)


def ding(folder):
    """German and English, each `a; b | c; d :: A; B | C; D`."""
    found = set()
    for path in sorted(Path(folder).glob("**/trans/de-en")):
        for line in path.read_text("utf-8").splitlines():
            sides = line.split("::")
            if line.startswith("#") or len(sides) != 2:
                continue
            german, english = (side.split("|") for side in sides)
            for g, e in zip(german, english):
                g, e = ([t for t in map(plain, s.split(";")) if t] for s in (g, e))
                found.update((a, b) for a in g[:3] for b in e[:3])
    return ("de", "en"), sorted(found)


def dictionaries(folder):
    yield from freedict(folder)
    yield ding(folder)
