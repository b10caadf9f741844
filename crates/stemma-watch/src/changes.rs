//! The ledger as it was told, the ledger as it is -> what changed.
//!
//! An event is new if none of its reports was told; an entry is newly corroborated, disputed or corrupted if none
//! of its readings was told so. Ids are digests of reports and readings, so they change as a ledger grows; reports
//! and places do not. What is computed is kept whole with what is told by it, so that nothing is lost or repeated,
//! whoever joined the reports and whenever this was stopped.

use crate::WatchError;
use crate::state::{State, Told};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;
use stemma::ledger::Lookup;
use stemma::model::{EntryId, EventId};
use stemma::reconcile::Standing;
use stemma_show::views::{EntryView, EventView, entries, events};
use stemma_store::{Ask, ENGINE, Mode, Store, StoreError};

/// What standings are told, with their words.
const TOLD: [(Standing, Kind); 3] = [
    (Standing::Corroborated, Kind::Corroborated),
    (Standing::Disputed, Kind::Disputed),
    (Standing::Corrupted, Kind::Corrupted),
];
/// Things that are loaded at a time.
const AT_A_TIME: usize = 32;
/// How often it is tried to see the ledger in one state while others write.
const TRIES: usize = 5;

/// What sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An event that no report told before.
    NewEvent,
    /// An entry that two or more independent origins tell now.
    Corroborated,
    /// An entry whose readings cannot all hold now.
    Disputed,
    /// An entry that a copy damaged.
    Corrupted,
}

/// Something that changed; its JSON is what is printed and posted.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// What makes it one: whoever gets it twice gets the same.
    pub id: String,
    /// What sort.
    pub change: Kind,
    /// When it was noticed, in UTC.
    pub noticed: String,
    /// The event, where that is what changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventView>,
    /// The entry, where that is what changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryView>,
}

/// What is new, by id alone.
#[derive(Debug, Default)]
struct Found {
    events: Vec<EventId>,
    entries: Vec<(EntryId, Kind)>,
    told: Told,
}

/// Looks what changed since it was last told, and keeps it for delivery; gives how many changes. In a ledger that
/// is watched for the first time, what it holds already counts as told.
pub(crate) fn notice(ledger: &Path, state: &State, posts: bool) -> Result<u64, WatchError> {
    let store = match Store::open(ledger, Mode::Read) {
        Ok(store) => store,
        Err(StoreError::Missing { .. }) => return Ok(0),
        Err(e) => return Err(e.into()),
    };
    for _ in 0..TRIES {
        let seen = store.seen()?;
        let found = found(&store, state)?;
        if state.word(BEGUN)?.is_none() {
            state.tell(&[], &found.told, posts)?;
            state.keep_word(BEGUN, &now())?;
            state.keep_word(MADE_BY, ENGINE)?;
            return Ok(0);
        }
        let changes = shown(&store, &found)?;
        if store.seen()? == seen {
            let n = state.tell(&changes, &found.told, posts)?;
            state.keep_word(MADE_BY, ENGINE)?;
            return Ok(n);
        }
    }
    Ok(0)
}

/// Under which name it is kept that a watch has begun.
const BEGUN: &str = "begun";
/// Under which name it is kept which engine made what was last told.
const MADE_BY: &str = "engine";

/// Makes sure that what a ledger held before its first watch is not told, and notices what a stopped watch left.
pub(crate) fn begin(ledger: &Path, state: &State, posts: bool) -> Result<u64, WatchError> {
    if state.word(BEGUN)?.is_none() && !ledger.exists() {
        return state.keep_word(BEGUN, &now()).map(|()| 0);
    }
    notice(ledger, state, posts)
}

fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn found(store: &Store, state: &State) -> Result<Found, WatchError> {
    let mut found = Found::default();
    let before = state.told_reports()?;
    // Another engine sees old reports in another way; that is no news.
    let same_engine = state.word(MADE_BY)?.is_none_or(|engine| engine == ENGINE);
    for (event, reports) in store.event_reports()? {
        if reports.iter().all(|id| !before.contains(id)) {
            found.events.push(event);
        }
        found.told.reports.extend(reports.into_iter().filter(|id| !before.contains(id)));
    }
    for stands in store.stands(&TOLD.map(|(standing, _)| standing))? {
        let Some((_, kind)) = TOLD.iter().find(|(standing, _)| *standing == stands.standing) else {
            continue;
        };
        let mut untold = Vec::new();
        for place in &stands.places {
            if !state.was_told(place, kind.word())? {
                untold.push((*place, kind.word()));
            }
        }
        let has_news = same_engine || stands.places.iter().any(|place| !before.contains(&place.report));
        if untold.len() == stands.places.len() && has_news {
            found.entries.push((stands.entry, *kind));
        }
        found.told.standings.extend(untold);
    }
    Ok(found)
}

/// The changes as they are delivered, each with its id.
fn shown(store: &Store, found: &Found) -> Result<Vec<(String, String)>, WatchError> {
    let noticed = now();
    let mut changes = Vec::new();
    let mut put = |change: Change| {
        let data = serde_json::to_string(&change).expect("a change has a JSON form");
        changes.push((change.id, data));
    };
    for ids in found.events.chunks(AT_A_TIME) {
        let part = store.part(&Ask::EventNames(ids.to_vec()), ids.len())?;
        let lookup = Lookup::of(&part.ledger);
        for event in ids.iter().filter_map(|id| lookup.event(*id)) {
            let (id, noticed) = (Kind::NewEvent.id(&event.id.to_string()), noticed.clone());
            let event = Some(events::event(&lookup, event));
            put(Change { id, change: Kind::NewEvent, noticed, event, entry: None });
        }
    }
    for chunk in found.entries.chunks(AT_A_TIME) {
        let ids: Vec<EntryId> = chunk.iter().map(|(id, _)| *id).collect();
        let part = store.part(&Ask::EntryNames(ids.clone()), ids.len())?;
        let lookup = Lookup::of(&part.ledger);
        for (id, kind) in chunk {
            let Some(entry) = part.ledger.joined.entries.iter().find(|e| e.id == *id) else { continue };
            let (id, noticed) = (kind.id(&id.to_string()), noticed.clone());
            let entry = Some(entries::entry(&lookup, entry));
            put(Change { id, change: *kind, noticed, event: None, entry });
        }
    }
    Ok(changes)
}

impl Kind {
    /// Its word in JSON.
    fn word(self) -> &'static str {
        match self {
            Self::NewEvent => "new_event",
            Self::Corroborated => "corroborated",
            Self::Disputed => "disputed",
            Self::Corrupted => "corrupted",
        }
    }

    fn id(self, of: &str) -> String {
        format!("{}:{of}", self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma::model::RawReport;

    /// Adds reports, joins them, and gives what changed: its kinds, in order.
    fn add(folder: &Path, raws: Vec<RawReport>) -> Vec<Kind> {
        let ledger = folder.join("x.db");
        let state = State::open(&ledger).unwrap();
        begin(&ledger, &state, false).unwrap();
        let mut store = Store::open(&ledger, Mode::Write).unwrap();
        let batch: Vec<_> = raws.into_iter().map(|raw| (raw.clone(), stemma::analyse(raw))).collect();
        store.add(&batch, &[]).unwrap();
        store.freshen().unwrap();
        drop(store);
        notice(&ledger, &state, false).unwrap();
        let open = state.unprinted(999).unwrap();
        state.printed(&open).unwrap();
        assert_eq!(notice(&ledger, &state, false).unwrap(), 0, "nothing is told twice");
        let change = |data: &str| serde_json::from_str::<serde_json::Value>(data).unwrap()["change"].clone();
        open.iter().map(|open| serde_json::from_value(change(&open.data)).unwrap()).collect()
    }

    /// The reports of a story of the repository.
    fn story() -> Vec<RawReport> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/harbour");
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.extension().is_some_and(|end| end == "txt"));
        names.sort();
        let raw = |path: &std::path::PathBuf| RawReport {
            key: path.display().to_string(),
            text: std::fs::read_to_string(path).unwrap(),
            ..RawReport::default()
        };
        names.iter().map(raw).collect()
    }

    const FIRST: &str = "LORIA, May 3 (Pelt News) - A dam above the town of Pelt broke on Friday and flooded two \
        hundred houses.\n\nInterior minister Ana Ode said that 12 people were missing.\n";

    fn first() -> RawReport {
        RawReport { key: "a".into(), text: FIRST.into(), ..RawReport::default() }
    }

    #[test]
    fn what_changes_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(add(folder.path(), vec![first()]), [Kind::NewEvent]);
        let mut told = Vec::new();
        for raw in story() {
            told.extend(add(folder.path(), vec![raw]));
        }
        assert_eq!(add(folder.path(), vec![]), []);
        let n = |kind: Kind| told.iter().filter(|k| **k == kind).count();
        let store = Store::open(&folder.path().join("x.db"), Mode::Read).unwrap();
        for (standing, kind) in TOLD {
            let now = store.stands(&[standing]).unwrap().len();
            assert!(now > 0 && n(kind) > 0 && n(kind) < 9 * now, "{kind:?}: {} told, {now} now", n(kind));
        }
        assert!(n(Kind::NewEvent) >= 1);
    }

    #[test]
    fn what_was_there_before_the_first_watch_is_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("x.db");
        let mut store = Store::open(&ledger, Mode::Write).unwrap();
        store.add(&[(first(), stemma::analyse(first()))], &[]).unwrap();
        store.freshen().unwrap();
        drop(store);
        assert_eq!(add(folder.path(), vec![]), []);
    }

    #[test]
    fn what_a_killed_watch_joined_is_told_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("x.db");
        let state = State::open(&ledger).unwrap();
        begin(&ledger, &state, false).unwrap();
        let mut store = Store::open(&ledger, Mode::Write).unwrap();
        store.add(&[(first(), stemma::analyse(first()))], &[]).unwrap();
        store.freshen().unwrap();
        drop((store, state));
        let state = State::open(&ledger).unwrap();
        assert_eq!(begin(&ledger, &state, false).unwrap(), 1);
    }
}
