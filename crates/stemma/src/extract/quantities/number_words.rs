//! Number words: units add up, scales multiply what stands before them, shares divide.
//!
//! Reads what the words from one piece on are worth; figures are read in `numerals`.

use super::atoms::Atoms;
use super::near::{Near, near};
use super::numerals::{Form, Numeral, Numerals, Part};

impl Numerals {
    /// Number words: units add up, scales multiply what stands before them.
    pub(super) fn in_words(&self, atoms: &Atoms, i: usize) -> Option<Numeral> {
        let mut sum = Sum::new(self.code == "fr");
        let (mut end, mut at) = (i, i);
        while let Some(atom) = atoms.get(at) {
            let joint = at > i && atoms.lower(at) == "-" && !atom.gap && !atoms.gap(at + 1);
            let here = at + usize::from(joint);
            match if at == i {
                self.first_word(atoms, i, &mut sum)
            } else {
                self.next_word(atoms, here, &mut sum)
            } {
                Step::Done(numeral) => return Some(numeral),
                Step::Stop => break,
                Step::Taken => end = here + 1,
                Step::Joined => {}
            }
            at = here + 1;
        }
        if end == i || !sum.seen {
            return None;
        }
        let mut value = sum.total();
        if let Some(next) = self.and_a_half(atoms, end) {
            let (scale, after) = self.scales(atoms, next);
            (value, end) = ((value + 0.5) * scale, after);
        }
        let form = if sum.few { Form::Vague } else { Form::Words };
        Some(Numeral { value, end, form, scaled: sum.scaled, scale: sum.last_scale, rough: sum.rough })
    }

    /// What the first word of a number does.
    fn first_word(&self, atoms: &Atoms, i: usize, sum: &mut Sum) -> Step {
        match self.words.get(atoms.lower(i)) {
            Some(Part::Countless) => {
                let form = Form::Countless;
                Step::Done(Numeral { value: 0.0, end: i + 1, form, scaled: false, scale: 1.0, rough: false })
            }
            // An article is a number only before a scale or a share: `a million`, never `a year`.
            Some(Part::Article) => match self.words.get(atoms.lower(i + 1)) {
                Some(Part::Scale(_) | Part::Rough(_)) => Step::Taken,
                Some(Part::Over(below)) => {
                    self.share_with_one(atoms, i, *below).map_or(Step::Stop, Step::Done)
                }
                _ => Step::Stop,
            },
            Some(Part::Few) => match self.words.get(atoms.lower(i + 1)) {
                Some(Part::Scale(s)) if *s >= 100.0 => {
                    sum.few = true;
                    Step::Taken
                }
                _ => Step::Stop,
            },
            Some(Part::Over(below)) if *below == 2.0 => Step::Done(self.share_of(atoms, i, 0.5)),
            Some(Part::Over(_)) => Step::Stop,
            Some(Part::Vague(v)) => Step::Done(self.vague(atoms, i, *v)),
            _ => self.next_word(atoms, i, sum),
        }
    }

    /// What a further word of a number does.
    fn next_word(&self, atoms: &Atoms, here: usize, sum: &mut Sum) -> Step {
        let word = atoms.lower(here);
        let taken = match self.words.get(word) {
            Some(Part::And) if sum.seen => {
                let next = match self.words.get(atoms.lower(here + 1)) {
                    Some(Part::Unit(v)) => *v,
                    // `vinte e um`, `vingt et un`
                    Some(Part::Article) if self.code != "en" && sum.last < 100.0 => 1.0,
                    _ => return Step::Stop,
                };
                return if self.joins_and(sum, next) { Step::Joined } else { Step::Stop };
            }
            Some(Part::Article) => {
                here > 0 && matches!(self.words.get(atoms.lower(here - 1)), Some(Part::And)) && sum.unit(1.0)
            }
            Some(Part::Over(below)) if sum.seen && sum.total() < *below => {
                return Step::Done(self.share_of(atoms, here, sum.total() / below));
            }
            Some(Part::Vague(v)) if sum.few => return Step::Done(self.vague(atoms, here, *v)),
            Some(Part::Unit(v)) => sum.unit(*v),
            Some(Part::Scale(v)) => sum.scale(*v),
            // `une vingtaine`, but `trois centaines` is no number of this kind.
            Some(Part::Rough(v)) if !sum.seen => {
                sum.rough = true;
                sum.scale(*v)
            }
            Some(_) => false,
            None => self.compound(word).is_some_and(|v| {
                let fits = sum.unit(v % 1000.0);
                sum.total += if fits { v - v % 1000.0 } else { 0.0 };
                fits
            }),
        };
        if taken { Step::Taken } else { Step::Stop }
    }

    /// `and a half`, `y medio`, `e meia`: one past it.
    pub(super) fn and_a_half(&self, atoms: &Atoms, i: usize) -> Option<usize> {
        let and = matches!(self.words.get(atoms.lower(i)), Some(Part::And));
        if !and {
            return None;
        }
        let article = usize::from(matches!(self.words.get(atoms.lower(i + 1)), Some(Part::Article)));
        let half = matches!(self.words.get(atoms.lower(i + 1 + article)), Some(Part::Over(v)) if *v == 2.0);
        half.then_some(i + 2 + article)
    }

    fn joins_and(&self, sum: &Sum, next: f64) -> bool {
        let least = if self.code == "en" { 100.0 } else { 10.0 };
        sum.last >= least && next < sum.last
    }

    /// `a third of`, `um terço dos`.
    fn share_with_one(&self, atoms: &Atoms, i: usize, below: f64) -> Option<Numeral> {
        let value = 1.0 / below;
        let numeral =
            Numeral { value, end: i + 2, form: Form::Fraction, scaled: false, scale: 1.0, rough: false };
        near(atoms.lower(i + 2), Near::Of).then_some(numeral)
    }

    /// `two-thirds`, `half a million`: a share, times the scale behind it.
    fn share_of(&self, atoms: &Atoms, here: usize, share: f64) -> Numeral {
        let article = matches!(self.words.get(atoms.lower(here + 1)), Some(Part::Article));
        let from = here + 1 + usize::from(article);
        let (scale, after) = self.scales(atoms, from);
        let scaled = after > from;
        let (end, form) = if scaled { (after, Form::Words) } else { (here + 1, Form::Fraction) };
        Numeral { value: share * scale, end, form, scaled, scale, rough: false }
    }

    /// `thousands`, `tens of thousands`, `hundreds of millions`.
    fn vague(&self, atoms: &Atoms, at: usize, first: f64) -> Numeral {
        let (mut value, mut end) = (first, at + 1);
        loop {
            let of = usize::from(matches!(atoms.lower(end), "of" | "de" | "d" | "von"));
            let mark = usize::from(of == 1 && atoms.lower(end + 1) == "'");
            match self.words.get(atoms.lower(end + of + mark)) {
                Some(Part::Vague(s) | Part::Scale(s)) if *s >= 1000.0 && value * s <= 1e15 => {
                    value *= s;
                    end += of + mark + 1;
                }
                _ => break,
            }
        }
        Numeral { value, end, form: Form::Vague, scaled: true, scale: 1.0, rough: false }
    }

    /// A number in one word: `zweihundertfünfzig`. None if a part is no number.
    fn compound(&self, word: &str) -> Option<f64> {
        if self.compounds.is_empty() || word.len() < 7 || word.len() > 60 {
            return None;
        }
        let (mut total, mut current, mut rest) = (0.0, 0.0, word);
        while !rest.is_empty() {
            let (form, part) = self.compounds.iter().find(|(w, _)| rest.starts_with(w))?;
            rest = &rest[form.len()..];
            match part {
                Part::Unit(v) => current += v,
                Part::Scale(v) if *v == 100.0 => current = f64::max(current, 1.0) * v,
                Part::Scale(v) => {
                    total += f64::max(current, 1.0) * v;
                    current = 0.0;
                }
                _ => {}
            }
        }
        Some(total + current)
    }
}

/// What one word does to the number before it.
enum Step {
    /// It belongs to the number.
    Taken,
    /// It joins the number to its next word.
    Joined,
    /// The number ends before it.
    Stop,
    /// The number is read whole.
    Done(Numeral),
}

/// The running value of number words.
struct Sum {
    /// Whether `several` leads it.
    few: bool,
    /// Whether it is about so many.
    rough: bool,
    total: f64,
    current: f64,
    /// The last word's own worth; what may follow must be smaller, or a scale.
    last: f64,
    last_scale: f64,
    scaled: bool,
    seen: bool,
    vigesimal: bool,
}

impl Sum {
    fn new(vigesimal: bool) -> Self {
        Self {
            few: false,
            rough: false,
            total: 0.0,
            current: 0.0,
            last: f64::MAX,
            last_scale: 1.0,
            scaled: false,
            seen: false,
            vigesimal,
        }
    }

    /// Takes a word below 1,000 if it can stand here.
    fn unit(&mut self, v: f64) -> bool {
        if self.vigesimal && v == 20.0 && self.current == 4.0 {
            (self.current, self.last, self.seen) = (80.0, 80.0, true);
            return true;
        } else if !self.seen || self.fits(v) {
            self.current += v;
        } else {
            return false;
        }
        self.last = v;
        self.seen = true;
        true
    }

    fn fits(&self, v: f64) -> bool {
        let tens = if self.vigesimal { 60.0 } else { 20.0 };
        let small = if self.vigesimal { 20.0 } else { 10.0 };
        match self.last {
            l if l >= 100.0 => v < 100.0 || l >= 1000.0 && v < 1000.0,
            l if l >= tens || l >= 20.0 => v < if l >= tens { small } else { 10.0 } && v > 0.0,
            l => self.vigesimal && l == 10.0 && (7.0..10.0).contains(&v),
        }
    }

    fn scale(&mut self, v: f64) -> bool {
        if v <= 100.0 {
            if self.current >= 100.0 {
                return false;
            }
            self.current = f64::max(self.current, 1.0) * v;
        } else {
            let base = if self.current == 0.0 && self.last >= 1000.0 && self.seen {
                // `mil millones`: a scale of a scale.
                let t = self.total;
                self.total = 0.0;
                t
            } else {
                f64::max(self.current, 1.0)
            };
            if base * v > 1e15 {
                return false;
            }
            self.total += base * v;
            self.current = 0.0;
        }
        self.last = v;
        self.last_scale = v;
        self.scaled = true;
        self.seen = true;
        true
    }

    fn total(&self) -> f64 {
        self.total + self.current
    }
}
