//! A clause of a sentence and a reading -> what the reading means for it, and why.
//!
//! Numbers and dates are held against each other as intervals, then whether both deny, and whether
//! what is asked as done is told as done. Words are not weighed here: that the two tell one thing is
//! known before.

use super::{Bearing, Telling};
use crate::Analysis;
use crate::extract::{Modality, Quantity};
use crate::model::Moment;
use crate::reconcile::means::{Clause, Value};
use crate::reconcile::{Entry, Standing};
use serde::{Deserialize, Serialize};

/// Why a reading does not simply support a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reason {
    /// What is the matter.
    pub kind: ReasonKind,
    /// What the sentence has there: a value, a name.
    pub asked: Option<String>,
    /// What the reading has there.
    pub told: Option<String>,
}

/// What may stand between a reading and a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Its number cannot hold beside the sentence's.
    OtherNumber,
    /// Its number can, but leaves others open.
    LooserNumber,
    /// It gives no number of that.
    NoNumber,
    /// Its date cannot hold beside the sentence's.
    OtherDate,
    /// Its date can, but leaves others open.
    LooserDate,
    /// It gives no date there.
    NoDate,
    /// It denies, or the sentence does.
    Denied,
    /// It tells as planned, demanded or possible what the sentence tells as done.
    NotDone,
    /// Its report never names someone whom the sentence names.
    NotNamed,
    /// It was damaged in copying.
    Damaged,
    /// A later telling replaced it.
    Replaced,
}

impl ReasonKind {
    fn bearing(self) -> Bearing {
        match self {
            Self::OtherNumber | Self::OtherDate | Self::Denied => Bearing::Disputes,
            _ => Bearing::Qualifies,
        }
    }
}

/// A report and one of its clauses.
type Part<'a> = (&'a Analysis, &'a Clause);

/// What a reading in a clause means for a clause of the sentence; none if it measures something else.
pub(super) fn relate(asked: Part, told: Part) -> Option<Telling> {
    let mut reasons = numbers(asked, told)?;
    reasons.extend(dates(asked, told));
    if asked.1.negated != told.1.negated {
        reasons.push(reason(ReasonKind::Denied, None, None));
    }
    if done(asked) == Some(true) && done(told) == Some(false) {
        reasons.push(reason(ReasonKind::NotDone, None, None));
    }
    reasons.extend(unnamed(asked, told));
    let bearing = reasons.iter().map(|r| r.kind.bearing()).max().unwrap_or(Bearing::Supports);
    Some(Telling { bearing, reasons })
}

fn reason(kind: ReasonKind, asked: Option<String>, told: Option<String>) -> Reason {
    Reason { kind, asked, told }
}

/// Holds the numbers against each other; none if they measure different things.
fn numbers(asked: Part, told: Part) -> Option<Vec<Reason>> {
    let Some(ours) = quantity(asked) else { return Some(Vec::new()) };
    let value = Value::of_quantity(ours);
    match quantity(told) {
        None => Some(vec![reason(ReasonKind::NoNumber, Some(value.to_string()), None)]),
        Some(theirs) if theirs.unit != ours.unit => None,
        Some(theirs) => Some(number(&value, &Value::of_quantity(theirs)).into_iter().collect()),
    }
}

fn quantity<'a>((report, clause): Part<'a>) -> Option<&'a Quantity> {
    clause.quantity.map(|i| &report.extracts.quantities[i as usize])
}

/// Whether a number says what is asked: it does when it lies in what the sentence leaves open.
fn number(asked: &Value, told: &Value) -> Option<Reason> {
    let kind = if !asked.compatible(told) {
        ReasonKind::OtherNumber
    } else if asked.same(told) || asked.holds(told) {
        return None;
    } else {
        ReasonKind::LooserNumber
    };
    Some(reason(kind, Some(asked.to_string()), Some(told.to_string())))
}

/// Holds the dates against each other: each of the sentence's with the best of the clause's.
fn dates(asked: Part, told: Part) -> Vec<Reason> {
    let theirs: Vec<Value> = values(told);
    let one = |v: Value| {
        let rank = |w: &Value| match (v.compatible(w), fineness(w) >= fineness(&v)) {
            (true, true) => (0, None),
            (true, false) => (1, Some(ReasonKind::LooserDate)),
            (false, _) => (2, Some(ReasonKind::OtherDate)),
        };
        let best = theirs.iter().map(|w| (rank(w), w)).min_by_key(|(r, _)| r.0);
        match best {
            Some(((_, kind), w)) => Some(reason(kind?, Some(v.to_string()), Some(w.to_string()))),
            None => Some(reason(ReasonKind::NoDate, Some(v.to_string()), None)),
        }
    };
    values(asked).into_iter().filter_map(one).collect()
}

/// The dates of a clause that say which day, month or year; not "now" or "soon".
fn values((report, clause): Part) -> Vec<Value> {
    let times = clause.times.iter().map(|&i| &report.extracts.times[i as usize]);
    let told = times.filter(|t| t.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X'));
    told.map(Value::of_time).collect()
}

/// How particular a date is: the figures and weekdays that it gives.
fn fineness(value: &Value) -> usize {
    match value {
        Value::Date { value, .. } => value.bytes().filter(u8::is_ascii_digit).count(),
        Value::Number { .. } => 0,
    }
}

/// Whether a clause tells something as done; unknown where no happening is coded.
fn done((report, clause): Part) -> Option<bool> {
    let told = report.extracts.mentions.iter().find(|m| clause.span.overlaps(&m.trigger))?;
    Some(matches!(told.modality, Modality::Happened | Modality::Negated))
}

/// Someone whom the sentence names and the report nowhere does. Names are spelled otherwise in other
/// languages, so only within one.
fn unnamed(asked: Part, told: Part) -> Option<Reason> {
    if asked.0.report.lang != told.0.report.lang || !asked.0.report.lang.is_known() {
        return None;
    }
    let known = |key: &str| told.0.extracts.entities.iter().any(|e| e.key == key);
    let named = asked.0.extracts.names.iter().filter(|n| asked.1.span.overlaps(&n.span));
    let mut missing = named.filter(|n| !known(&asked.0.extracts.entities[n.entity as usize].key));
    let words = asked.0.report.words(missing.next()?.span);
    let stands = told.0.report.body.to_lowercase().contains(&words.to_lowercase());
    (!stands).then(|| reason(ReasonKind::NotNamed, Some(words.to_owned()), None))
}

/// Lets readings that copying damaged, and those that a later one replaced, neither support nor dispute.
///
/// `published` is when the report of each reading was. What was damaged differs from the claim, which is
/// the best original wording, in the name of the same origin; what was replaced, from the latest reading.
pub(super) fn set_aside(entry: &Entry, published: &[Option<Moment>], tellings: &mut [Option<Telling>]) {
    let updated = entry.standing == Standing::Updated;
    let claim = entry.readings.iter().position(|r| r.place == entry.claim);
    let told = (0..tellings.len()).filter(|&i| tellings[i].is_some() && published[i].is_some());
    let latest = told.max_by_key(|&i| (published[i], Some(i) == claim));
    let Some(best) = (if updated { latest.or(claim) } else { claim }) else { return };
    let kind = if updated { ReasonKind::Replaced } else { ReasonKind::Damaged };
    let Some(bearing) = tellings[best].as_ref().map(|t| t.bearing) else { return };
    let best = &entry.readings[best];
    for (reading, telling) in entry.readings.iter().zip(tellings) {
        let differs = reading.value != best.value || reading.negated != best.negated;
        if let Some(telling) = telling
            && (updated || reading.origin == best.origin)
            && differs
            && bearing != telling.bearing
        {
            telling.bearing = Bearing::Qualifies;
            telling.reasons.push(reason(kind, best.value.clone(), reading.value.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryId, Lang, Place, RawReport, ReportId, Span};
    use crate::reconcile::Reading;
    use crate::reconcile::means::clauses;
    use crate::segment::Rarity;

    fn number(low: f64, high: Option<f64>, approx: bool) -> Value {
        Value::Number { low: Some(low), high, approx, unit: String::new() }
    }

    #[test]
    fn a_number_supports_disputes_or_leaves_open() {
        let check = |asked: &Value, told: &Value, expected: Option<ReasonKind>| {
            assert_eq!(number_reason(asked, told), expected, "{asked} {told}");
        };
        let (over, about) = (number(10_000.0, None, false), number(11_000.0, Some(11_000.0), true));
        let exact = number(11_000.0, Some(11_000.0), false);
        check(&over, &about, None);
        check(&about, &over, Some(ReasonKind::LooserNumber));
        check(&exact, &about, None);
        check(&about, &exact, None);
        check(
            &number(12.0, Some(12.0), false),
            &number(10.0, Some(10.0), false),
            Some(ReasonKind::OtherNumber),
        );
    }

    #[test]
    fn in_a_language_not_detected_nobody_is_missed() {
        let check = |lang: Lang, expected: Option<&str>| {
            let texts = ["Mara Olten opened the lock at Varnhem.", "The lock at Varnhem was opened."];
            let [asked, told] = texts.map(|text| {
                let raw = RawReport { text: text.to_owned(), lang: Some(Lang::EN), ..RawReport::default() };
                let mut report = crate::analyse(raw);
                report.report.lang = lang;
                report
            });
            let [ours, theirs] = [&asked, &told]
                .map(|r| clauses(0, r, &Rarity::of_pile(&[r]), |_| true, |_| true).swap_remove(0));
            let found = unnamed((&asked, &ours), (&told, &theirs));
            assert_eq!(found.and_then(|r| r.asked).as_deref(), expected, "{lang:?}");
        };
        check(Lang::EN, Some("Mara Olten"));
        check(Lang::UNKNOWN, None);
    }

    #[test]
    fn without_a_reading_for_the_claim_nothing_is_set_aside() {
        let reading = |at: u32, value: &str| Reading {
            place: Place { report: ReportId(at.into()), span: Span::new(0, 9) },
            text: String::new(),
            value: Some(value.to_owned()),
            origin: 0,
            via: Vec::new(),
            negated: false,
        };
        let check = |claim: u32, expected: Bearing| {
            let entry = Entry {
                id: EntryId(1),
                claim: reading(claim, "").place,
                text: String::new(),
                event: None,
                standing: Standing::Corrupted,
                reason: String::new(),
                origins: Vec::new(),
                readings: vec![reading(1, "5"), reading(2, "7")],
            };
            let telling = |bearing| Some(Telling { bearing, reasons: Vec::new() });
            let mut tellings = [telling(Bearing::Supports), telling(Bearing::Disputes)];
            set_aside(&entry, &[None, None], &mut tellings);
            assert_eq!(tellings[1].as_ref().map(|t| t.bearing), Some(expected), "claim in {claim}");
        };
        check(1, Bearing::Qualifies);
        check(3, Bearing::Disputes);
    }

    fn number_reason(asked: &Value, told: &Value) -> Option<ReasonKind> {
        super::number(asked, told).map(|r| r.kind)
    }
}
