"""Writes src/extract/names/tables/english_words.txt: words that English writes in lower case.

Input: /usr/share/dict/american-english-small of Debian's `wamerican-small` (SCOWL, size 35; licence: use, copy,
modify and distribute freely with its notice, which the output's header repeats). Regular plurals are left out.
Run: python english_words.py DICT > ../../src/extract/names/tables/english_words.txt
"""

import sys

NOTICE = """# Words that English writes in lower case; regular plurals left out. From SCOWL (Spell Checker Oriented Word Lists),
# size 35, by tools/names/english_words.py. Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify,
# distribute and sell these word lists, the associated scripts, the output created from the scripts, and its
# documentation for any purpose is hereby granted without fee, provided that the above copyright notice appears in
# all copies and that both that copyright notice and this permission notice appear in supporting documentation.
# Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is provided
# "as is" without express or implied warranty."""

words = {line.strip() for line in open(sys.argv[1], encoding="utf-8")}
low = {w for w in words if w.isascii() and w.isalpha() and w.islower() and len(w) > 2}
print(NOTICE)
for word in sorted(w for w in low if not (w.endswith("s") and w[:-1] in low)):
    print(word)
