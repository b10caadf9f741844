"""Reads parallel text that every Debian mirror carries.

In: a folder made by fetch.sh (apt lists with Translation-* files, unpacked .mo catalogues).
Out: groups, each a dict {language: text}, where all texts of a group say the same.
Never: downloads, or keeps a group with fewer than two languages.
"""

import glob
import re
import struct
import subprocess
from pathlib import Path
from urllib.parse import unquote

HELPER = "/usr/lib/apt/apt-helper"
FORMAT = re.compile(r"%[-+0-9.$]*[a-zA-Z(]|\$[a-zA-Z_{(]|\{[^}]*\}")
MARKUP = re.compile(r"<[^<>]*>|&[a-z#0-9]+;|\\n|[_~](?=\w)")
SPACE = re.compile(r"\s+")
# Regional writings share a vector mean; anything with a script mark (sr@latin) is left out.
PLAIN = re.compile(r"^[a-z]{2,3}(_[A-Z]{2})?$")


def language(code):
    """`pt_BR` -> `pt`; None for what is no plain language code."""
    return code.split("_")[0].replace("no", "nb") if PLAIN.match(code) else None


def clean(text):
    return SPACE.sub(" ", MARKUP.sub(" ", text)).strip()


def long_enough(text):
    """Whole sentences only: labels and menu entries teach a table little."""
    return 30 <= len(text) <= 600 and text.count(" ") >= 4


def paragraphs(body):
    """A package description: its synopsis, then paragraphs parted by lines with a lone dot."""
    return [clean(p) for p in re.split(r"\n \.\n", re.sub(r"\A(.*)\n", r"\1\n .\n", body))]


def descriptions(lists):
    """Package descriptions by Description-md5, from apt's Translation-* lists."""
    found = {}
    for path in sorted(glob.glob(f"{lists}/*_i18n_Translation-*")):
        code = unquote(Path(path).name.split("Translation-")[1].split(".")[0])
        text = subprocess.run([HELPER, "cat-file", path], capture_output=True, check=True).stdout.decode("utf-8", "replace")
        for record in text.split("\n\n"):
            match = re.search(r"Description-md5: (\w+)\nDescription-\w+: ((?:.*\n?(?: .*\n?)*))", record)
            if match and language(code):
                found.setdefault(match[1], {}).setdefault(language(code), paragraphs(match[2]))
    for key in sorted(found):
        group = found[key]
        english = group.get("en", [])
        for i, source in enumerate(english):
            same = {l: p[i] for l, p in group.items() if len(p) == len(english) and (l == "en" or p[i] != source)}
            if len(same) > 1 and long_enough(source):
                yield same


def catalogue(path):
    """The (English, translated) pairs of one gettext .mo file."""
    raw = Path(path).read_bytes()
    order = "<" if raw[:4] == b"\xde\x12\x04\x95" else ">"
    count, here, there = struct.unpack_from(order + "3I", raw, 8)
    for i in range(count):
        texts = []
        for table in (here, there):
            size, at = struct.unpack_from(order + "2I", raw, table + 8 * i)
            texts.append(raw[at:at + size].split(b"\0")[0].decode("utf-8", "replace"))
        yield texts[0].split("\x04")[-1], texts[1]


def messages(folder):
    """Messages of all catalogues under `folder`, grouped by domain and English text."""
    found = {}
    for path in sorted(glob.glob(f"{folder}/**/LC_MESSAGES/*.mo", recursive=True)):
        lang = language(Path(path).parts[-3])
        for english, text in catalogue(path) if lang and lang != "en" else ():
            if text and text != english and not FORMAT.search(english):
                group = found.setdefault((Path(path).stem, english), {"en": clean(english)})
                group.setdefault(lang, clean(text))
    for key in sorted(found):
        if long_enough(found[key]["en"]):
            yield found[key]


def groups(folder):
    """All groups of a fetch folder, in a fixed order."""
    yield from descriptions(f"{folder}/lists")
    yield from messages(f"{folder}/catalogues")
