#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Check the example stories: python3 corpus/check.py [STORY ...]

Every story is a folder with reports and an expected.json. The check reads each
expected.json and tells where it breaks the form described in README.md: a quoted
string that its report does not hold, families that are not a partition, an
unknown id, kind or standing, a key that is not in the reference. Without a STORY
it also checks that the sets in languages/ are what its build.py makes. Exit status 1
if anything was found, else 0. Standard library only.
"""
import datetime
import json
import os
import re
import subprocess
import sys

# Folders beside the stories.
NO_STORIES = {"languages"}
DESCENT_KINDS = {"Copy", "Excerpt", "Edit", "Spin", "Translation"}
VARIANT_KINDS = {"Number", "Date", "Name", "Negation", "Word"}
STANDINGS = {"corroborated", "echoed", "single", "disputed", "corrupted", "updated"}
STATEMENT_TYPES = {"direct", "indirect", "mixed"}
CHANGES = {"up", "down"}
QUANTITY = re.compile(r"^(~|>|>=|<|<=)?-?\d+(\.\d+)?$")
YEAR = r"(\d{4}|XXXX)"
TIMEX = re.compile(
    r"^(?:P(?:\d+(?:\.\d+)?|X)[YMWD]|PT(?:\d+|X)[HM]|PRESENT_REF|PAST_REF|FUTURE_REF"
    r"|" + YEAR + r"(?:-(?:WXX|W\d\d)(?:-(?:[1-7]|WE))?|-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-(?:SP|SU|FA|WI|H[12]|Q[1-4]))?"
    r"(?:T(?:\d\d(?::\d\d)?|MO|MI|AF|EV|NI|DT))?"
    r"|\d{3})$"
)

TOP = {"reports", "families", "descents", "lost", "spun", "events", "storylines", "names",
       "variants", "entries", "statements", "times", "quantities"}
KEYS = {
    "report": ({"file", "lang", "published", "role"},
               {"credit", "headline", "dateline", "credit_words", "boilerplate_begins", "repeated_lines",
                "glued_sentences_at_least", "statements_complete", "event_doubtful"}),
    "descent": ({"child", "parent", "kind"}, {"also"}),
    "variant": ({"kind", "about", "readings", "likely_original"}, {"kind_also"}),
    "entry": ({"about", "reports", "readings", "origins", "standing"},
              {"quantities", "standing_also", "corrupted_in", "entered_in", "negated", "steps", "via"}),
    "statement": ({"report", "source", "cue", "content", "speaker", "type"}, {"via", "via_stated"}),
    "time": ({"report", "words", "published", "value", "value_undated"}, set()),
    "quantity": ({"report", "words", "value", "unit", "what"}, {"change"}),
}


class Story:
    def __init__(self, folder):
        self.folder = folder
        self.name = os.path.basename(folder.rstrip("/"))
        self.faults = []
        self.texts = {}

    def fault(self, where, what):
        self.faults.append(f"{self.name}: {where}: {what}")

    def keys(self, where, kind, value):
        """True if value is an object with the keys of its kind."""
        if not isinstance(value, dict):
            self.fault(where, "is not an object")
            return False
        required, optional = KEYS[kind]
        for key in sorted(required - value.keys()):
            self.fault(where, f"lacks {key}")
        for key in sorted(value.keys() - required - optional):
            self.fault(where, f"has the unknown key {key}")
        return required <= value.keys()

    def known(self, where, report, lost=False):
        """True if report is an id of this story (or lost:NAME, where allowed)."""
        if lost and isinstance(report, str) and report.startswith("lost:"):
            if report[5:] in self.truth.get("lost", {}):
                return True
            self.fault(where, f"{report} is not listed under lost")
            return False
        if report in self.texts:
            return True
        self.fault(where, f"unknown report {report!r}")
        return False

    def quoted(self, where, report, words):
        """Each string must be an exact substring of the report."""
        if not self.known(where, report):
            return
        for one in words if isinstance(words, list) else [words]:
            if not isinstance(one, str) or not one:
                self.fault(where, f"{one!r} is not a quoted string")
            elif one not in self.texts[report]:
                self.fault(where, f"{report} does not hold {one!r}")

    def allowed(self, where, what, value, values):
        if value not in values:
            self.fault(where, f"{what} {value!r} is not one of {', '.join(sorted(values))}")

    def quantity(self, where, value):
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, str) or not QUANTITY.match(one):
                self.fault(where, f"{one!r} is not a quantity")

    def day(self, where, value):
        if value is None:
            return
        try:
            datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(where, f"{value!r} is not a day")

    def read(self):
        path = os.path.join(self.folder, "expected.json")
        try:
            with open(path, encoding="utf-8") as file:
                self.truth = json.load(file, object_pairs_hook=self.no_doubles)
        except (OSError, ValueError) as error:
            self.truth = None
            self.fault("expected.json", str(error))
            return False
        if not isinstance(self.truth, dict):
            self.fault("expected.json", "is not an object")
            return False
        for key in sorted(TOP - self.truth.keys()):
            self.fault("expected.json", f"lacks {key}")
        for key in sorted(self.truth.keys() - TOP):
            self.fault("expected.json", f"has the unknown key {key}")
        if not TOP <= self.truth.keys():
            return False
        for key in sorted(TOP):
            form = dict if key in ("reports", "lost") else list
            if not isinstance(self.truth[key], form):
                self.fault(key, f"is not {'an object' if form is dict else 'a list'}")
                return False
        return True

    def no_doubles(self, pairs):
        seen = {}
        for key, value in pairs:
            if key in seen:
                self.fault("expected.json", f"the key {key} stands twice in one object")
            seen[key] = value
        return seen

    def reports(self):
        files = set()
        for report, value in self.truth["reports"].items():
            where = f"report {report}"
            if not self.keys(where, "report", value):
                continue
            files.add(value["file"])
            try:
                with open(os.path.join(self.folder, value["file"]), encoding="utf-8", newline="") as file:
                    self.texts[report] = file.read()
            except (OSError, ValueError) as error:
                self.fault(where, str(error))
                continue
            text = self.texts[report]
            self.day(where, value["published"])
            if not re.fullmatch(r"[a-z]{2}", value["lang"]):
                self.fault(where, f"lang {value['lang']!r} is not two letters")
            for key in ("headline", "dateline", "credit_words", "boilerplate_begins"):
                if value.get(key) is not None:
                    self.quoted(f"{where} {key}", report, value[key])
            if value.get("repeated_lines"):
                lines = [line for line in text.splitlines() if line.strip()]
                repeated = len(lines) - len(set(lines))
                if repeated != value["repeated_lines"]:
                    self.fault(where, f"repeated_lines is {value['repeated_lines']}, the text repeats {repeated}")
            if value.get("glued_sentences_at_least"):
                glued = len(re.findall(r"[a-zà-ÿ0-9][.!?]['\"”’]?[A-ZÀ-Þ]|[.!?][\"”][A-Z]", text))
                if glued < value["glued_sentences_at_least"]:
                    self.fault(where, f"glued_sentences_at_least is {value['glued_sentences_at_least']}, found {glued}")
        present = {name for name in os.listdir(self.folder) if name.endswith(".txt")}
        for name in sorted(present - files):
            self.fault("reports", f"{name} is not listed")

    def groups(self):
        for key in ("families", "events", "storylines"):
            members = [report for group in self.truth[key] for report in group]
            for report in members:
                self.known(key, report)
            for report in sorted(set(members)):
                if members.count(report) > 1:
                    self.fault(key, f"{report} is in two lists")
            for report in sorted(set(self.texts) - set(members)):
                self.fault(key, f"{report} is in none")
        for event in self.truth["events"]:
            if not any(set(event) <= set(line) for line in self.truth["storylines"]):
                self.fault("storylines", f"no storyline holds the whole event {event}")

    def descents(self):
        lost = self.truth["lost"]
        for name, credits in lost.items():
            if not isinstance(credits, dict):
                self.fault(f"lost {name}", "is not an object")
                continue
            for report, words in credits.items():
                self.quoted(f"lost {name}", report, words)
        family = {r: i for i, group in enumerate(self.truth["families"]) for r in group}
        parents, bonds = {}, []
        for value in self.truth["descents"]:
            where = f"descent {value.get('child')}" if isinstance(value, dict) else "descent"
            if not self.keys(where, "descent", value):
                continue
            child = value["child"]
            self.allowed(where, "kind", value["kind"], DESCENT_KINDS)
            if not self.known(where, child) or not self.known(where, value["parent"], lost=True):
                continue
            if child in parents:
                self.fault(where, "has two descents")
            parents[child] = value["parent"]
            bonds.append((child, value["parent"]))
            for other in value.get("also", []):
                if self.known(where, other, lost=True) and not other.startswith("lost:") \
                        and family.get(other) != family.get(child):
                    self.fault(where, f"{other} is of another family")
            if value["kind"] == "Spin" and child not in self.truth["spun"]:
                self.fault(where, "is a Spin but not under spun")
            if value["kind"] in ("Copy", "Excerpt", "Edit", "Spin") and value["parent"] in self.texts:
                reports = self.truth["reports"]
                if reports[child]["lang"] != reports[value["parent"]]["lang"]:
                    self.fault(where, f"{value['kind']} across languages")
        for report in parents:
            seen, at = set(), report
            while at in parents and at not in seen:
                seen.add(at)
                at = parents[at]
            if at in seen:
                self.fault(f"descent {report}", "descends from itself")
        for report in self.truth["spun"]:
            self.known("spun", report)
        # The descents must bind exactly the families.
        bound = {report: report for report in self.texts}
        bound.update({f"lost:{name}": f"lost:{name}" for name in lost})

        def root(node):
            while bound[node] != node:
                node = bound[node]
            return node

        for child, parent in bonds:
            bound[root(child)] = root(parent)
        trees = {}
        for report in self.texts:
            trees.setdefault(root(report), set()).add(report)
        families = {frozenset(group) for group in self.truth["families"]}
        for tree in trees.values():
            if frozenset(tree) not in families:
                self.fault("families", f"the descents bind {sorted(tree)}, which is no family")

    def names(self):
        everything = "\n".join(self.texts.values())
        for group in self.truth["names"]:
            if not isinstance(group, list) or not group:
                self.fault("names", f"{group!r} is not a group of forms")
                continue
            for form in group:
                if form not in everything:
                    self.fault("names", f"no report holds {form!r}")

    def variants(self):
        family = {r: i for i, group in enumerate(self.truth["families"]) for r in group}
        for value in self.truth["variants"]:
            where = f"variant {value.get('about')!r}" if isinstance(value, dict) else "variant"
            if not self.keys(where, "variant", value):
                continue
            self.allowed(where, "kind", value["kind"], VARIANT_KINDS)
            for kind in value.get("kind_also", []):
                self.allowed(where, "kind_also", kind, VARIANT_KINDS)
            for report, words in value["readings"].items():
                self.quoted(where, report, words)
            if len(value["readings"]) < 2:
                self.fault(where, "has fewer than two readings")
            if len({family.get(report) for report in value["readings"]}) > 1:
                self.fault(where, "reaches over two families")
            if not isinstance(value["likely_original"], list):
                self.fault(where, "likely_original is not a list")
            elif not set(value["likely_original"]) <= value["readings"].keys():
                self.fault(where, "likely_original has no reading")

    def entries(self):
        for value in self.truth["entries"]:
            where = f"entry {value.get('about')!r}" if isinstance(value, dict) else "entry"
            if not self.keys(where, "entry", value):
                continue
            self.allowed(where, "standing", value["standing"], STANDINGS)
            if "standing_also" in value:
                self.allowed(where, "standing_also", value["standing_also"], STANDINGS)
            for report in value["reports"]:
                self.known(where, report)
            if set(value["readings"]) != set(value["reports"]):
                self.fault(where, "reports and readings do not name the same reports")
            for report, words in value["readings"].items():
                self.quoted(where, report, words)
            for report, quantity in value.get("quantities", {}).items():
                if report not in value["reports"]:
                    self.fault(where, f"a quantity of {report}, which is not among its reports")
                self.quantity(where, quantity)
            origins = value["origins"]
            if not isinstance(origins, list) or not origins:
                self.fault(where, "has no origins")
            else:
                for origin in origins:
                    if origin.startswith("lost:") or re.fullmatch(r"r\d+", origin):
                        self.known(where, origin, lost=True)
                if value["standing"] in ("corroborated", "disputed") and len(origins) < 2:
                    self.fault(where, f"{value['standing']} by one origin")
                if value["standing"] in ("echoed", "single") and len(origins) > 1:
                    self.fault(where, f"{value['standing']} by {len(origins)} origins")
            if value["standing"] == "single" and len(value["reports"]) != 1:
                self.fault(where, "single in several reports")
            if value["standing"] == "echoed" and len(value["reports"]) < 2:
                self.fault(where, "echoed in one report")
            if value["standing"] == "corrupted" and not value.get("corrupted_in"):
                self.fault(where, "corrupted, but corrupted_in is missing")
            if value["standing"] == "updated" and len(value.get("steps", [])) < 2:
                self.fault(where, "updated, but without steps")
            for step in value.get("steps", []):
                if not isinstance(step, str) or not (QUANTITY.match(step) or TIMEX.match(step)):
                    self.fault(where, f"{step!r} is neither a quantity nor a TIMEX3 value")
            for key in ("corrupted_in", "negated"):
                for report in value.get(key, []):
                    if report not in value["reports"]:
                        self.fault(where, f"{key} names {report}, which is not among its reports")
            if "entered_in" in value:
                self.known(where, value["entered_in"], lost=True)
            if "via" in value and not isinstance(value["via"], list):
                self.fault(where, "via is not a list")

    def statements(self):
        for value in self.truth["statements"]:
            where = f"statement in {value.get('report')}" if isinstance(value, dict) else "statement"
            if not self.keys(where, "statement", value):
                continue
            self.allowed(where, "type", value["type"], STATEMENT_TYPES)
            for key in ("source", "cue", "content"):
                self.quoted(f"{where} {key}", value["report"], value[key])
            if "via" in value and not isinstance(value["via"], list):
                self.fault(where, "via is not a list")
            if "via_stated" in value and not isinstance(value["via_stated"], bool):
                self.fault(where, "via_stated is not true or false")
        spoken = {value.get("report") for value in self.truth["statements"]}
        for report, value in self.truth["reports"].items():
            if value.get("statements_complete") and report not in spoken:
                self.fault(f"report {report}", "statements_complete, but none is listed")

    def times(self):
        for value in self.truth["times"]:
            where = f"time {value.get('words')!r}" if isinstance(value, dict) else "time"
            if not self.keys(where, "time", value):
                continue
            self.quoted(where, value["report"], value["words"])
            self.day(where, value["published"])
            report = self.truth["reports"].get(value["report"], {})
            if value["published"] != report.get("published"):
                self.fault(where, f"published is not that of {value['report']}")
            for key in ("value", "value_undated"):
                if not TIMEX.match(value[key]):
                    self.fault(where, f"{key} {value[key]!r} is not a TIMEX3 value")
            if value["published"] is None and value["value"] != value["value_undated"]:
                self.fault(where, "is undated, but value and value_undated differ")
            match = re.match(r"XXXX-WXX-([1-7])", value["value_undated"])
            day = re.match(r"\d{4}-\d\d-\d\d", value["value"])
            if match and day and datetime.date.fromisoformat(day[0]).isoweekday() != int(match[1]):
                self.fault(where, f"{day[0]} is not that weekday")

    def quantities(self):
        for value in self.truth["quantities"]:
            where = f"quantity {value.get('words')!r}" if isinstance(value, dict) else "quantity"
            if not self.keys(where, "quantity", value):
                continue
            self.quoted(where, value["report"], value["words"])
            self.quantity(where, value["value"])
            if value.get("change") is not None:
                self.allowed(where, "change", value["change"], CHANGES)

    def check(self):
        if self.read():
            for part in (self.reports, self.groups, self.descents, self.names, self.variants, self.entries,
                         self.statements, self.times, self.quantities):
                try:
                    part()
                except (AttributeError, KeyError, TypeError, ValueError) as error:
                    self.fault(part.__name__, f"a value has the wrong form: {error!r}")
        return self.faults

    def summary(self):
        truth = self.truth
        return (f"{self.name}: {len(truth['reports'])} reports, {len(truth['families'])} families, "
                f"{len(truth['events'])} events, {len(truth['variants'])} variants, {len(truth['entries'])} entries, "
                f"{len(truth['statements'])} statements, {len(truth['times'])} times, "
                f"{len(truth['quantities'])} quantities")


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    names = (name for name in os.listdir(here) if name[0] not in "._" and name not in NO_STORIES)
    folders = arguments or sorted(
        folder for folder in (os.path.join(here, name) for name in names) if os.path.isdir(folder))
    if not folders:
        print("no stories found", file=sys.stderr)
        return 1
    faults = 0
    for folder in folders:
        story = Story(folder)
        found = story.check()
        for fault in found:
            print(fault, file=sys.stderr)
        if not found:
            print(story.summary())
        faults += len(found)
    if not arguments:
        build = os.path.join(here, "languages", "build.py")
        faults += subprocess.run([sys.executable, build, "--check"]).returncode
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
