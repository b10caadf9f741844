//! Times on the clock: `18:00`, `6:40 p.m.`, `0800 UTC`, `10h30`, `18 Uhr`, `las 9.30`, `halb neun`.
//!
//! Reads one time with its zone; a bare number of hours only where the rule lets it be one.

use super::class::Class;
use super::meaning::{Clock, Slots};
use super::pattern::Reader;
use crate::extract::quantities::atoms::AtomKind;

/// A time read from pieces.
struct Read {
    hour: u8,
    minute: u8,
    end: usize,
    /// Whether its form alone shows a time on the clock.
    firm: bool,
}

impl Reader<'_, '_> {
    /// The time at `at`, with its zone. `bare` lets a number of hours stand alone.
    pub(super) fn clock(&self, at: usize, bare: bool, slots: &mut Slots) -> Option<usize> {
        let (mut clock, mut end) = self.time(at, bare)?;
        if let Some(zone) = self.sense(end, Class::Zone) {
            clock.utc = zone.value == "Z";
            end += 1;
        }
        slots.clock = Some(clock);
        Some(end)
    }

    fn time(&self, at: usize, bare: bool) -> Option<(Clock, usize)> {
        let clock = |hour: u8, minute: u8| Clock { hour, minute, utc: false };
        if let Some(sense) = self.sense(at, Class::Hour) {
            return Some((clock(sense.number as u8, 0), at + 1));
        }
        let (before, from) =
            self.phrase(&self.lexicon.minutes_before, at).map_or((0, at), |(m, next)| (m, next));
        let mut read = self.figures(from).or_else(|| self.spelled(from))?;
        let said = self.sense(read.end, Class::OClock);
        if let Some(word) = said {
            read.end += 1;
            read.firm |= word.number > 0;
            self.minutes_behind_word(&mut read);
        }
        let (behind, end) = self.phrase(&self.lexicon.minutes_behind, read.end).unwrap_or((0, read.end));
        (read.hour, read.minute) = shifted(read.hour, read.minute, before + behind)?;
        read.end = end;
        let (hour, marked) = self.half_of_day(read.hour, read.end);
        read.end = marked.unwrap_or(read.end);
        let zoned = self.is_zone(read.end) && read.minute > 0;
        let worded = before != 0 || behind != 0 && said.is_some();
        let plausible = hour <= 24 && (read.firm || bare || worded || marked.is_some() || zoned);
        plausible.then_some((clock(hour, read.minute), read.end))
    }

    /// `9 heures 30`, `23 h 15`
    fn minutes_behind_word(&self, read: &mut Read) {
        if let Some(minute) = minutes(self.atoms.text(read.end)).filter(|_| read.minute == 0) {
            (read.minute, read.end, read.firm) = (minute, read.end + 1, true);
        }
    }

    /// A time in figures.
    fn figures(&self, at: usize) -> Option<Read> {
        let atoms = self.atoms;
        if !atoms.is(at, AtomKind::Number) {
            return None;
        }
        let text = atoms.text(at);
        let hour = |t: &str| t.parse().ok();
        if let Some((h, m)) = text.split_once('.') {
            return Some(Read { hour: hour(h)?, minute: minutes(m)?, end: at + 1, firm: false });
        }
        if atoms.lower(at + 1) == ":" && !atoms.gap(at + 1) && !atoms.gap(at + 2) {
            let seconds = atoms.lower(at + 3) == ":" && minutes(atoms.text(at + 4)).is_some();
            let end = if seconds { at + 5 } else { at + 3 };
            return Some(Read {
                hour: hour(text)?,
                minute: minutes(atoms.text(at + 2))?,
                end,
                firm: text.len() <= 2,
            });
        }
        if text.len() == 4 && self.is_zone(at + 1) {
            return Some(Read {
                hour: hour(&text[..2])?,
                minute: minutes(&text[2..])?,
                end: at + 1,
                firm: true,
            });
        }
        if text.len() > 2 {
            return None;
        }
        let glued = atoms.lower(at + 1) == "h" && !atoms.gap(at + 1);
        let minute = if glued && !atoms.gap(at + 2) { minutes(atoms.text(at + 2)) } else { None };
        let end = at + 1 + usize::from(glued) + usize::from(minute.is_some());
        Some(Read { hour: hour(text)?, minute: minute.unwrap_or(0), end, firm: glued })
    }

    /// `five`, `siete y media`: an hour in words.
    fn spelled(&self, at: usize) -> Option<Read> {
        let numeral = self.numerals.at(self.atoms, at).filter(|n| (1.0..=24.0).contains(&n.value))?;
        let half = numeral.value.fract() == 0.5;
        let whole = half || numeral.value.fract() == 0.0;
        let minute = if half { 30 } else { 0 };
        let read = Read { hour: numeral.value as u8, minute, end: numeral.end, firm: false };
        (whole && self.atoms.is(at, AtomKind::Word)).then_some(read)
    }

    fn is_zone(&self, at: usize) -> bool {
        self.sense(at, Class::Zone).is_some()
    }

    /// Applies `a.m.` or `p.m.` at `at`; gives the hour, and one past the words if they stand there.
    fn half_of_day(&self, hour: u8, at: usize) -> (u8, Option<usize>) {
        let atoms = self.atoms;
        let stop = |n: usize| n + usize::from(atoms.lower(n) == "." && !atoms.gap(n));
        match atoms.lower(at) {
            "pm" if hour <= 12 => (hour % 12 + 12, Some(at + 1)),
            "p.m" if hour <= 12 => (hour % 12 + 12, Some(stop(at + 1))),
            "am" if hour <= 12 => (hour % 12, Some(at + 1)),
            "a.m" if hour <= 12 => (hour % 12, Some(stop(at + 1))),
            _ => (hour, None),
        }
    }
}

fn minutes(text: &str) -> Option<u8> {
    (text.len() == 2).then(|| text.parse().ok()).flatten().filter(|m: &u8| *m < 60)
}

/// So many minutes on: `viertel vor` is -15, `halb` -30.
fn shifted(hour: u8, minute: u8, by: i32) -> Option<(u8, u8)> {
    let total = i32::from(hour) * 60 + i32::from(minute) + by;
    let total = if total < 0 { total + 24 * 60 } else { total };
    Some((u8::try_from(total / 60).ok()?, u8::try_from(total % 60).ok()?))
}
