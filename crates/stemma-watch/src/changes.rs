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
use stemma_store::{Ask, Mode, Store, StoreError};

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
            return Ok(0);
        }
        let changes = shown(&store, &found)?;
        if store.seen()? == seen {
            return state.tell(&changes, &found.told, posts);
        }
    }
    Ok(0)
}

/// Under which name it is kept that a watch has begun.
const BEGUN: &str = "begun";

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
        if untold.len() == stands.places.len() {
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
        let part = store.part(&Ask::Claims(ids.clone()), ids.len())?;
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
