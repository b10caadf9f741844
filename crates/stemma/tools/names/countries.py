"""Writes src/extract/names/tables/countries.tsv: names of countries and cities from Unicode CLDR.

Input: the PyPI package `babel` (CLDR data, Unicode licence v3) and tables/nations.tsv, whose capitals are
translated through CLDR's exemplar cities of time zones where these carry the same English name.
Also writes tables/alpha.tsv: ISO 3166-1 alpha-2 and alpha-3.
Run: python countries.py > ../../src/extract/names/tables/countries.tsv
"""

from pathlib import Path

from babel import Locale, __version__
from babel.core import get_global

LANGS = "en pt es fr de it nl ru uk pl cs sv da nb fi hu ro bg sr el tr ar fa he hi id vi zh ja ko ca".split()
TABLES = Path(__file__).parents[2] / "src/extract/names/tables"
EXTRA = {"pt": ["pt_PT"], "en": [], "zh": ["zh_Hant"], "es": ["es_MX"]}


def alpha3():
    """Alpha-2 to alpha-3."""
    codes = {}
    for old, new in get_global("territory_aliases").items():
        if len(old) == 3 and old.isalpha() and len(new) == 1 and len(new[0]) == 2:
            codes.setdefault(new[0], old)
    codes.update(DE="DEU", FR="FRA", RO="ROU", CD="COD", MM="MMR", TL="TLS", RS="SRB", RU="RUS", XK="XKX", YE="YEM",
                 GB="GBR", BY="BLR", BF="BFA", BJ="BEN", PS="PSE", SS="SSD", FI="FIN")
    return codes


def names(lang, alpha2):
    """The names of a territory in a language, the usual one first."""
    found = []
    for tag in [lang, *EXTRA.get(lang, [])]:
        territories = Locale.parse(tag).territories
        for key in (alpha2, alpha2 + "-alt-short", alpha2 + "_short", alpha2 + "-alt-variant"):
            name = territories.get(key)
            for part in [name] if name else []:
                part = part.split(" (")[0].replace("’", "'")
                if part not in found:
                    found.append(part)
    return found


def cities():
    """English exemplar city -> {lang: city}."""
    found = {}
    for lang in LANGS:
        for zone, entry in Locale(lang).time_zones.items():
            if "city" in dict(entry):
                english = zone.split("/")[-1].replace("_", " ")
                found.setdefault(zone, {"en": english})[lang] = entry["city"]
    return {entry["en"]: entry for entry in found.values()}


def main():
    print(f"# Names of countries and capitals. Unicode CLDR (Unicode licence v3) through babel {__version__};")
    print("# written by tools/names/countries.py. `;` between names; a capital is kind `city`.")
    print("\t".join(["code", "kind", *LANGS]))
    alpha = ["# ISO 3166-1: alpha-2, alpha-3. Written by tools/names/countries.py from CLDR's aliases."]
    for alpha2, code in sorted(alpha3().items(), key=lambda pair: pair[1]):
        row = [";".join(names(lang, alpha2)) for lang in LANGS]
        if any(row) and alpha2.isalpha() and code not in ("ZZZ", "QUU", "EUE"):
            print("\t".join([code, "country", *row]))
            alpha.append(f"{alpha2}\t{code}")
    (TABLES / "alpha.tsv").write_text("\n".join(alpha) + "\n")
    known = cities()
    for line in (TABLES / "nations.tsv").read_text().splitlines():
        parts = line.split("\t")
        if line.startswith("#") or len(parts) < 2:
            continue
        for capital in filter(None, parts[1].split(";")):
            entry = known.get(capital, {})
            row = [capital if lang == "en" else entry.get(lang, "") for lang in LANGS]
            print("\t".join([parts[0], "city", *row]))


main()
