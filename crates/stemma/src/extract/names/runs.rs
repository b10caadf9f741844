//! View -> candidates: runs of capitals cut into roles, known names and unknown ones.
//!
//! A word that opens a sentence, or any word of a headline in capitals, counts only with other
//! evidence: tables, the same word inside a sentence, or company. German, which writes all nouns
//! with capitals, needs a role, a table, a given name or the head of a firm's name.

use super::NameKind;
use super::roles::{self, Beside};
use super::tables::{Info, Lexicon, RoleKind};
use super::view::{Case, Casing, Line, View, Word};
use crate::model::{Lang, Span};

/// A place where a name may stand.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Where.
    pub(super) span: Span,
    /// Its first word and one past its last.
    pub(super) words: (usize, usize),
    /// What the tables know of it.
    pub(super) info: Option<&'static Info>,
    /// Country named beside it or in it.
    pub(super) country: Option<&'static str>,
    /// Roles beside it.
    pub(super) roles: Vec<Beside>,
    /// What its own words say that it is.
    pub(super) kind: Option<NameKind>,
    /// PLOVER sector of an organisation's head.
    pub(super) sector: Option<&'static str>,
}

impl Candidate {
    /// A name of one word of which nothing else is known.
    pub(super) fn single(view: &View, i: usize) -> Self {
        let span = view.words[i].span;
        Self {
            span,
            words: (i, i + 1),
            info: None,
            country: None,
            roles: Vec::new(),
            kind: None,
            sector: None,
        }
    }
}

/// Finds candidates sentence by sentence.
pub(super) struct Finder<'a> {
    pub(super) view: &'a View,
    pub(super) lexicon: &'static Lexicon,
    pub(super) lang: Lang,
    pub(super) found: Vec<Candidate>,
}

fn heads(kind: RoleKind) -> bool {
    matches!(kind, RoleKind::Body | RoleKind::Place)
}

impl Finder<'_> {
    /// Finds the candidates of one sentence.
    pub(super) fn line(&mut self, line: &Line) {
        let mut i = line.words.start;
        while i < line.words.end {
            let word = &self.view.words[i];
            if word.case == Case::None {
                i += 1;
            } else if let Some((len, info)) = self.small(i) {
                self.known(i, i + len, info);
                i += len;
            } else if word.is_capital() && self.counts(i, line) {
                let end = self.run_end(i, line);
                self.cut(i, end, line);
                i = end;
            } else {
                i += 1;
            }
        }
    }

    fn term(&self, i: usize, line: &Line) -> Option<(usize, &'static Info)> {
        let (len, info) = self.lexicon.term_at(&self.view.words, i)?;
        let word = &self.view.words[i];
        let shouted = line.casing == Casing::Upper || word.opens && word.case == Case::Capital;
        let doubtful = shouted && len == 1 && self.lexicon.is_function(word);
        (i + len <= line.words.end && (!doubtful || self.view.inner.contains(&word.lower)))
            .then_some((len, info))
    }

    /// A word of nationality in lower case, or a known name in a script without case.
    fn small(&self, i: usize) -> Option<(usize, &'static Info)> {
        let word = &self.view.words[i];
        if word.is_capital() { None } else { self.lexicon.term_at(&self.view.words, i) }
    }

    fn role_word(&self, word: &Word) -> bool {
        self.lexicon.is_role(word, |kind| !heads(kind))
    }

    /// Whether a capital at word `i` is evidence of a name.
    fn counts(&self, i: usize, line: &Line) -> bool {
        let (view, lexicon) = (self.view, self.lexicon);
        let word = &view.words[i];
        if self.term(i, line).is_some() || lexicon.role_at(&view.words, i, |k| !heads(k)).is_some() {
            return true;
        }
        if lexicon.is_function(word)
            || lexicon.is_calendar(word)
            || word.lower.chars().all(|c| !c.is_alphabetic())
        {
            return false;
        }
        if line.casing != Casing::Running {
            return view.inner.contains(&word.lower)
                && !(lexicon.is_common(word) && view.lower.contains(&word.lower));
        }
        if !word.opens {
            return true;
        }
        self.opening_counts(i, line)
    }

    fn opening_counts(&self, i: usize, line: &Line) -> bool {
        let (view, lexicon) = (self.view, self.lexicon);
        let word = &view.words[i];
        if view.inner.contains(&word.lower) && self.lang != Lang::DE {
            return true;
        }
        if view.lower.contains(&word.lower) {
            return false;
        }
        let next = view.words[..line.words.end].get(i + 1).filter(|w| w.is_capital());
        let known = |w: &Word| self.role_word(w) || lexicon.term_at(&view.words, i + 1).is_some();
        if lexicon.is_english() {
            let next_common = |w: &Word| lexicon.is_role(w, heads) || lexicon.is_common(w);
            return !lexicon.is_common(word) || next.is_some_and(|w| !known(w) && next_common(w));
        }
        word.case == Case::Upper || next.is_some_and(|w| !known(w) && !lexicon.is_calendar(w))
    }

    /// One past the last word of the run that begins at `i`.
    fn run_end(&self, i: usize, line: &Line) -> usize {
        let words = &self.view.words;
        let mut j = i;
        let mut headed = false;
        loop {
            let len = self.term(j, line).map_or(1, |(len, _)| len);
            headed |= self.lexicon.is_role(&words[j], heads);
            j += len;
            let last = &words[j - 1];
            if j >= line.words.end || last.possessive && !self.lexicon.is_common(last) {
                return j.min(line.words.end);
            }
            match self.onward(j, headed, line) {
                Some(next) => j = next,
                None => return j,
            }
        }
    }

    /// The next word of the run that goes on at `j`, past particles.
    fn onward(&self, j: usize, headed: bool, line: &Line) -> Option<usize> {
        let words = &self.view.words;
        let fits = |k: usize| {
            let ok = k < line.words.end && words[k].is_capital() && !self.lexicon.is_calendar(&words[k]);
            ok && (line.casing == Casing::Running || self.counts(k, line)) && !words[k].opens
        };
        if fits(j) {
            return Some(j);
        }
        let sign = words[j].lower == "&" && fits(j + 1);
        if sign {
            return Some(j + 1);
        }
        let name = headed
            || words[j - 1].case != Case::Upper
                && !self.lexicon.is_english()
                && !self.role_word(&words[j - 1]);
        let mut k = j;
        while k < line.words.end && k < j + 2 && self.joins(&words[k], headed) {
            k += 1;
        }
        let alone = self.term(j - 1, line).is_some_and(|(len, _)| len == 1) && !headed;
        let country = fits(k) && self.term(k, line).is_some_and(|(_, info)| info.kind == NameKind::Country);
        let role = self.role_word(&words[j - 1]) && !self.lexicon.is_role(&words[j - 1], heads);
        (k > j && name && !alone && fits(k) && !country && !role).then_some(k)
    }

    fn joins(&self, word: &Word, headed: bool) -> bool {
        let and = matches!(word.lower.as_str(), "and" | "e" | "y" | "et" | "und");
        self.lexicon.is_particle(word) && (!and || headed) && !(and && self.lexicon.is_english())
    }

    /// Cuts a run into roles and names.
    fn cut(&mut self, mut k: usize, end: usize, line: &Line) {
        let mut country =
            (k > line.words.start).then(|| self.small(k - 1)).flatten().map(|(_, info)| info.code);
        let mut held: Vec<Beside> = Vec::new();
        while k < end {
            if k + 1 < end
                && self.role_word(&self.view.words[k])
                && self.term(k + 1, line).is_some()
                && self.term(k, line).is_none()
            {
                k += 1;
                continue;
            }
            let headed = (k + 1..end).any(|i| self.lexicon.is_role(&self.view.words[i], heads));
            if let Some((len, info)) = self.term(k, line) {
                let after = (k + len).min(end);
                if self.stands_alone((k, after, end), headed, info) {
                    self.known(k, after, info);
                    country = Some(info.code);
                    held.clear();
                    k = after;
                    continue;
                }
                country = country.or((info.kind != NameKind::Place).then_some(info.code)).filter(|_| headed);
            } else if let Some((beside, next)) =
                roles::at(self.lexicon, &self.view.words, k, end).filter(|(_, next)| {
                    !headed || *next < end && !self.lexicon.is_role(&self.view.words[*next], heads)
                })
            {
                held.push(Beside { country, ..beside });
                k = next;
                continue;
            }
            self.unknown(k, end, (country, held), line);
            return;
        }
    }

    /// Whether a known name inside a run is a name by itself and not the head of a longer one.
    ///
    /// `words_of`: its first word, one past its last, one past the run's last.
    fn stands_alone(&self, words_of: (usize, usize, usize), headed: bool, info: &Info) -> bool {
        let (k, after, end) = words_of;
        let words = &self.view.words;
        if after == end || words[after - 1].possessive || self.lexicon.has_lost_apostrophe(words, k, after) {
            return true;
        }
        if headed && info.kind != NameKind::Place {
            return info.kind == NameKind::Organisation;
        }
        let goes_on = !self.role_word(&words[after]) && self.lexicon.term_at(words, after).is_none();
        let single = after == k + 1;
        !(goes_on
            && single
            && matches!(info.kind, NameKind::Country | NameKind::Place)
            && words[k].case != Case::Upper)
    }

    fn known(&mut self, k: usize, end: usize, info: &'static Info) {
        let words = &self.view.words;
        let mut span = words[k].span.cover(&words[end - 1].span);
        span.end -= u32::from(self.lexicon.has_lost_apostrophe(words, k, end));
        self.found.push(Candidate {
            span,
            words: (k, end),
            info: Some(info),
            country: Some(info.code).filter(|c| c.len() == 3),
            roles: Vec::new(),
            kind: Some(info.kind),
            sector: info.sector,
        });
    }

    fn unknown(&mut self, k: usize, end: usize, held: (Option<&'static str>, Vec<Beside>), line: &Line) {
        let (lexicon, words) = (self.lexicon, &self.view.words);
        let (mut country, mut beside) = held;
        let single = end == k + 1;
        let word = &words[k];
        if single
            && (lexicon.is_role(word, |_| true) || lexicon.is_function(word) || lexicon.is_calendar(word))
        {
            return;
        }
        if beside.is_empty() {
            beside.extend(roles::before(lexicon, words, line.words.start, k));
        }
        let (kind, sector) = self.heads_of(k, end);
        if self.lang == Lang::DE && !self.german(k, end, &beside, kind) {
            return;
        }
        if kind.is_none() {
            beside.extend(roles::after(lexicon, words, end, line.words.end));
        } else {
            beside.clear();
        }
        let role_country = beside.iter().find_map(|b| b.country);
        country = country.or(role_country);
        let kind = kind.or_else(|| self.placed(k, end, line, &beside));
        let span = words[k].span.cover(&words[end - 1].span);
        self.found.push(Candidate {
            span,
            words: (k, end),
            info: None,
            country,
            roles: beside,
            kind,
            sector,
        });
    }

    /// What the heads inside a name say: `… Bank`, `Lake …`.
    fn heads_of(&self, k: usize, end: usize) -> (Option<NameKind>, Option<&'static str>) {
        let words = &self.view.words;
        let last_first = (k..end).rev();
        for i in last_first {
            if let Some((_, role)) = self.lexicon.role_at(words, i, heads).filter(|_| end > k + 1) {
                let kind = if role.kind == RoleKind::Body { NameKind::Organisation } else { NameKind::Place };
                return (Some(kind), role.sector);
            }
        }
        let acronym = end == k + 1 && words[k].case == Case::Upper && (2..=7).contains(&words[k].lower.len());
        (acronym.then_some(NameKind::Organisation), None)
    }

    /// A name of one or two words behind `in`, `near`.
    fn placed(&self, k: usize, end: usize, line: &Line, beside: &[Beside]) -> Option<NameKind> {
        let before = (k > line.words.start).then(|| &self.view.words[k - 1])?;
        let fits = beside.is_empty() && end <= k + 2 && self.lexicon.is_place_word(before);
        (fits && !matches!(before.lower.as_str(), "to" | "from" | "a" | "bei" | "von"))
            .then_some(NameKind::Place)
    }

    /// Whether a run of German capitals is a name: two nouns in a row (`Milliarden Euro`) are not.
    fn german(&self, k: usize, end: usize, beside: &[Beside], kind: Option<NameKind>) -> bool {
        let words = &self.view.words;
        let titled = beside.iter().any(|b| !b.title || end <= k + 3);
        let given = super::is_given(&words[k].lower);
        titled || kind == Some(NameKind::Organisation) || given && end > k + 1
    }
}
