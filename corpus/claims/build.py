#!/usr/bin/env python3
"""Builds piles of reports with the truth of their claims: build.py FOLDER [PILES].

Known facts (sentences.tsv) are told by known origins through known copies: a dispatch, a reprint, an
excerpt, a copy with damage, a translation with the same order, a reporter of its own, a later telling,
and a stranger from another town where the same sort of thing happened. Each pile is a folder in the form
of corpus/README.md; the same call gives the same piles. Nothing is taken from the engine's tables.

What a fact is in a pile is dealt out anew for each: corroborated, echoed, disputed, corrupted (a number or
a "not" damaged in a copy), updated, single.
"""
import json
import random
import sys
from pathlib import Path

LANGS = ["en", "de", "fr", "es", "pt"]
SCENES = {"mine": ["trapped", "hurt", "deep", "jobs", "saved"],
          "theft": ["taken", "worth", "guards", "visitors", "held"],
          "strike": ["drivers", "pay", "riders", "lines", "fined"]}
RANGES = {"trapped": (24, 90), "hurt": (12, 60), "deep": (210, 950), "jobs": (400, 3200), "saved": (8, 22),
          "taken": (30, 480), "worth": (210_000, 980_000), "guards": (3, 14), "visitors": (21_000, 96_000),
          "held": (2, 9), "drivers": (140, 900), "pay": (3, 14), "riders": (31_000, 190_000), "lines": (3, 19),
          "fined": (22, 120)}
PLACES = ["Ostrel", "Varnhem", "Quillan", "Terzano", "Moravel", "Lundra", "Castrel", "Benavis", "Haldern",
          "Ployart", "Sarmiento", "Orvela"]
PEOPLE = ["Mara Olten", "Jonas Reker", "Elise Varand", "Tomas Belcar", "Ines Quadro", "Pavel Strand",
          "Clara Benoist", "Hugo Almada", "Rita Sorvel", "Anton Kessing", "Lucie Marchal", "Diego Lozan",
          "Nora Velten", "Bruno Castel", "Vera Lindner", "Mateo Rialto"]
AGENCIES = ["Pelargo", "Vantel", "Tarrow Press", "Corondel"]
OUTLETS = ["Morning Mirror", "The Valley Post", "Abendblick", "Le Fanal", "La Ribera", "Folha do Porto",
           "Harbour Gazette", "Der Anzeiger", "El Faro", "O Farol", "Journal du Val", "The Observer of Lund"]
SAID = {"en": ["{F}, {s} said.", "{s} said {f}."], "de": ["{F}, sagte {s}.", "{s} sagte, {f}."],
        "fr": ["{F}, a déclaré {s}.", "Selon {s}, {f}."], "es": ["{F}, dijo {s}.", "Según {s}, {f}."],
        "pt": ["{F}, disse {s}.", "Segundo {s}, {f}."]}
RISEN = {"en": "Later it was different: {f}, {s} said on Wednesday.",
         "de": "Später war es anders: {f}, sagte {s} am Mittwoch.",
         "fr": "Plus tard, c'était autre chose : {f}, a déclaré {s} mercredi.",
         "es": "Más tarde fue distinto: {f}, dijo {s} el miércoles.",
         "pt": "Mais tarde foi diferente: {f}, disse {s} na quarta-feira."}
CREDIT = {"en": "Source: {a}", "de": "Quelle: {a}", "fr": "Source : {a}", "es": "Fuente: {a}", "pt": "Fonte: {a}"}
MARK = {"en": ",", "de": ".", "fr": " ", "es": ".", "pt": "."}


def sentences(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#"]
    return {tuple(row[:4]): row[4] for row in rows}


def figure(n, lang):
    """A number as a newspaper of the language writes it."""
    text = f"{n:,}" if n >= 10_000 or lang == "en" and n >= 1000 else str(n)
    return text.replace(",", MARK[lang])


def upper(text):
    return text[:1].upper() + text[1:]


class Pile:
    def __init__(self, scene, seed, table):
        self.random = random.Random(f"stemma claims {scene} {seed}")
        self.scene, self.table = scene, table
        deal = self.random.sample
        self.place, self.elsewhere = deal(PLACES, 2)
        self.people = deal(PEOPLE, 5)
        self.agency = deal(AGENCIES, 1)[0]
        self.outlets = deal(OUTLETS, len(OUTLETS))
        self.reports, self.families = {}, []
        roles = ["corroborated", self.random.choice(["echoed", "single"]), "disputed", "corrupted", "updated"]
        self.role = dict(zip(deal(SCENES[scene], 5), roles))
        self.role["not"] = self.random.choice(["corrupted", "corroborated", "echoed"])
        self.value = {fact: self.random.randint(*RANGES[fact]) for fact in SCENES[scene]}
        self.readings = {fact: {} for fact in self.role}

    def other(self, fact):
        """A number that cannot hold beside the fact's: well outside a tenth of it."""
        return max(self.value[fact] + 2, round(self.value[fact] * self.random.choice([1.4, 1.6, 1.9])))

    def clause(self, fact, lang, wording, value=None):
        text = self.table[self.scene, fact, lang, wording]
        value = self.value.get(fact) if value is None else value
        return text.replace("{n}", figure(value, lang)) if value is not None else text

    def said(self, lang, wording, clause, speaker):
        form = SAID[lang]["ab".index(wording)]
        return form.replace("{F}", upper(clause)).replace("{f}", clause).replace("{s}", speaker)

    def loose(self, name, lang, place):
        return self.table[self.scene, name, lang[:2], lang[3]].replace("{place}", place)

    def report(self, lang, paragraphs, outlet=None, credit=None, day=9):
        """Adds a report of (paragraph, fact or none, clause) rows; gives its id."""
        name = f"r{len(self.reports) + 1:02}"
        body = "\n\n".join(p for p, _, _ in paragraphs)
        if credit:
            body += "\n\n" + CREDIT[lang].replace("{a}", credit)
        head = {"file": f"{name}.txt", "lang": lang, "published": f"2024-04-{day:02}"}
        self.reports[name] = (head, body + "\n")
        for _, fact, clause in paragraphs:
            if fact:
                self.readings[fact][name] = clause
        return name

    def build(self):
        lang, own, third = self.random.sample(LANGS, 3)
        minister, chief, doctor, rival, clerk = self.people
        facts = list(self.role)
        self.random.shuffle(facts)
        speaker = {fact: self.random.choice([minister, chief]) for fact in facts}

        def dispatch(lang, changed=None, cut=False):
            rows = [(self.loose("open", lang + "/a", self.place), None, None)]
            for fact in [f for f in facts if self.role[f] != "single"][:4 if cut else None]:
                wording, value = "a", None
                if changed == fact:
                    wording, value = ("x", None) if fact == "not" else ("a", self.damage(fact))
                clause = self.clause(fact, lang, wording, value)
                rows.append((self.said(lang, "a", clause, speaker[fact]), fact, upper(clause)))
            rows.insert(3, (self.loose("fill", lang + "/a", self.place), None, None))
            head = f"{self.place.upper()} ({self.agency}) - "
            return [(head + rows[0][0], None, None)] + rows[1:]

        corrupted = next(f for f, role in self.role.items() if role == "corrupted" and f != "not")
        family = [self.report(lang, dispatch(lang)),
                  self.report(lang, dispatch(lang), credit=self.agency),
                  self.report(lang, dispatch(lang, cut=True), credit=self.agency),
                  self.report(lang, dispatch(lang, changed=corrupted), credit=self.agency),
                  self.report(third, dispatch(third, changed="not" if self.role["not"] == "corrupted" else None))]
        # A reporter of their own: other order, other words, other people.
        rows, told = [], [f for f in facts if self.role[f] in ("corroborated", "disputed", "single")]
        self.random.shuffle(told)
        for fact in told:
            value = self.other(fact) if self.role[fact] == "disputed" else None
            clause = self.clause(fact, own, "b", value)
            rows.append((self.said(own, "b", clause, doctor if fact != told[-1] else rival), fact, clause))
        voices = {fact: doctor if fact != told[-1] else rival for fact in told}
        head = [(self.loose("open", own + "/b", self.place), None, None)]
        lone = self.report(own, head + rows + [(self.loose("fill", own + "/b", self.place), None, None)])
        # A day later, the same speaker has another figure.
        updated = next(f for f, role in self.role.items() if role == "updated")
        clause = self.clause(updated, own, "a", self.other(updated))
        text = RISEN[own].replace("{f}", clause).replace("{s}", speaker[updated])
        later = self.report(own, [(self.loose("open", own + "/b", self.place), None, None), (text, updated, clause)],
                            day=10)
        self.stranger(lang)
        self.families = [family]
        return self.truth(speaker, voices, lone, later)

    def damage(self, fact):
        """The digits of a number in another order, or one more of it."""
        digits = list(str(self.value[fact]))
        for _ in range(8):
            self.random.shuffle(digits)
            value = int("".join(digits))
            if digits[0] != "0" and abs(value - self.value[fact]) > 0.25 * self.value[fact]:
                return value
        return self.value[fact] * 10

    def stranger(self, lang):
        """The same sort of happening in another town, in other words, with other figures and people."""
        clerk, rows = self.people[4], [(self.loose("open", lang + "/b", self.elsewhere), None, None)]
        for fact in list(self.role)[:3]:
            value = self.random.randint(*RANGES[fact]) if fact in RANGES else None
            rows.append((self.said(lang, "b", self.clause(fact, lang, "b", value), clerk), None, None))
        self.report(lang, rows, day=2)

    def truth(self, speaker, voices, lone, later):
        entries = []
        for fact, role in self.role.items():
            readings = self.readings[fact]
            told = [speaker[fact]] if role != "single" else []
            origins = told + ([voices[fact]] if fact in voices else [])
            entry = {"about": f"{self.scene} {fact}", "readings": readings, "standing": role, "origins": origins}
            entries.append(entry)
        return {"reports": {n: head for n, (head, _) in self.reports.items()}, "families": self.families,
                "entries": entries}


def main():
    folder = Path(sys.argv[1])
    n_piles = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    table = sentences(Path(__file__).with_name("sentences.tsv"))
    for i in range(n_piles):
        scene = list(SCENES)[i % len(SCENES)]
        pile = Pile(scene, i, table)
        truth = pile.build()
        out = folder / f"{scene}-{i:02}"
        out.mkdir(parents=True, exist_ok=True)
        for name, (head, body) in pile.reports.items():
            (out / head["file"]).write_text(body, encoding="utf-8")
        text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        (out / "expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
