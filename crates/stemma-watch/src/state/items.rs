//! Items of feeds: seen, waiting to be fetched, held until the ledger has them.

use super::{Polled, State, note_poll};
use crate::WatchError;
use crate::politeness::Millis;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use stemma::model::RawReport;

/// How often an item is taken up anew because its feed says that it was updated: honest reports change some
/// times, a feed that stamps the hour of its making on every item would never end.
const MOST_VERSIONS: i64 = 32;

/// The note on what cannot be unpacked, as another stemma wrote it or the file is damaged.
const UNREADABLE: &str = "What was fetched of it could not be read back";

/// An item as a feed has it now.
#[derive(Clone, Debug)]
pub(crate) struct NewItem {
    pub(crate) id: String,
    /// Where its page is; none if it has no page.
    pub(crate) address: Option<String>,
    /// The same without what only follows readers.
    pub(crate) page: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) own: Option<RawReport>,
}

/// An item that waits to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) n: i64,
    pub(crate) address: String,
    pub(crate) next: Millis,
}

/// What a poll brought.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// How many items are new or updated.
    pub(crate) n: usize,
    /// Those that wait to be fetched.
    pub(crate) waiting: Vec<Waiting>,
}

/// An item to fetch.
#[derive(Clone, Debug)]
pub(crate) struct ItemRow {
    pub(crate) n: i64,
    pub(crate) address: String,
    pub(crate) published: Option<String>,
    pub(crate) tries: u32,
    /// What was wrong with the last try.
    pub(crate) said: Option<String>,
    pub(crate) own: Option<RawReport>,
}

/// What waits for the ledger.
#[derive(Debug)]
pub(crate) struct HeldRow {
    pub(crate) n: i64,
    pub(crate) item: i64,
    /// The address of its page, or its id.
    pub(crate) name: String,
    pub(crate) raw: Option<RawReport>,
    pub(crate) note: Option<String>,
}

/// What is known of an item.
struct Known {
    n: i64,
    updated: Option<String>,
    state: String,
    versions: i64,
}

impl State {
    /// Takes in what a feed answered, whole or not at all: its validators, and its items that are new or
    /// updated, at most `most` of them; if there are more, no validators are kept, so that the rest comes the
    /// next time. Gives those that wait to be fetched.
    pub(crate) fn take(
        &self,
        feed: i64,
        items: &[NewItem],
        polled: &Polled,
        most: usize,
    ) -> Result<Taken, WatchError> {
        self.step(|step| {
            let mut taken = Taken::default();
            for item in items {
                if taken.n == most {
                    break;
                }
                let Some((n, waits)) = take_one(step, feed, item)? else { continue };
                taken.n += 1;
                let address = item.address.clone().filter(|_| waits);
                taken.waiting.extend(address.map(|address| Waiting { n, address, next: 0 }));
            }
            let [etag, modified] = if taken.n == most { [None, None] } else { polled.validators };
            step.prepare_cached("UPDATE feeds SET etag = ?2, modified = ?3 WHERE n = ?1")?
                .execute(params![feed, etag, modified])?;
            note_poll(step, feed, polled)?;
            Ok(taken)
        })
    }

    /// All items of listed feeds that wait to be fetched.
    pub(crate) fn waiting(&self) -> Result<Vec<Waiting>, WatchError> {
        self.ask(|db| {
            let sql = "SELECT items.n, items.address, items.next FROM items JOIN feeds ON feeds.n = feed
                       WHERE items.state = 'waiting' AND listed = 1";
            let row = |row: &Row| Ok(Waiting { n: row.get(0)?, address: row.get(1)?, next: row.get(2)? });
            db.prepare(sql)?.query_map([], row)?.collect()
        })
    }

    /// An item, if it still waits.
    pub(crate) fn item(&self, n: i64) -> Result<Option<ItemRow>, WatchError> {
        self.ask(|db| {
            let sql =
                "SELECT n, address, published, tries, own, said FROM items WHERE n = ?1 AND state = 'waiting'";
            let row = |row: &Row| {
                let own: Option<Vec<u8>> = row.get(4)?;
                Ok(ItemRow {
                    n: row.get(0)?,
                    address: row.get(1)?,
                    published: row.get(2)?,
                    tries: row.get(3)?,
                    said: row.get(5)?,
                    own: own.as_deref().and_then(unpack),
                })
            };
            db.prepare_cached(sql)?.query_row([n], row).optional()
        })
    }

    /// Holds an item's report for the ledger, unless another item has brought the same page. `page` is where
    /// redirects led. Gives whether it is held.
    pub(crate) fn hold(&self, item: i64, raw: &RawReport, page: Option<&str>) -> Result<bool, WatchError> {
        self.step(|step| {
            if let Some(page) = page
                && !claim(step, item, page)?
            {
                step.execute("UPDATE items SET state = 'same', own = NULL WHERE n = ?1", [item])?;
                return Ok(false);
            }
            put(step, item, Some(raw), None)?;
            step.execute("UPDATE items SET state = 'held', own = NULL, said = NULL WHERE n = ?1", [item])?;
            Ok(true)
        })
    }

    /// Puts an item off.
    pub(crate) fn put_off(&self, item: i64, said: &str, next: Millis) -> Result<(), WatchError> {
        self.step(|step| {
            let sql = "UPDATE items SET tries = tries + 1, said = ?2, next = ?3 WHERE n = ?1";
            step.prepare_cached(sql)?.execute(params![item, said, next]).map(drop)
        })
    }

    /// Gives an item up, with a note for the ledger.
    pub(crate) fn give_up(&self, item: i64, why: &str) -> Result<(), WatchError> {
        self.step(|step| {
            put(step, item, None, Some(why))?;
            let sql = "UPDATE items SET state = 'noted', own = NULL, said = ?2 WHERE n = ?1";
            step.execute(sql, params![item, why]).map(drop)
        })
    }

    /// What waits for the ledger, the oldest first: so many rows and bytes at most, but one at least.
    pub(crate) fn held(&self, rows: usize, bytes: usize) -> Result<Vec<HeldRow>, WatchError> {
        self.ask(|db| {
            let sql = "SELECT held.n, held.item, coalesce(address, id), raw, note, bytes FROM held
                       JOIN items ON items.n = held.item ORDER BY held.n LIMIT ?1";
            let mut ask = db.prepare_cached(sql)?;
            let mut found = Vec::new();
            let mut sum = 0;
            let mut next = ask.query([rows as i64])?;
            while let Some(row) = next.next()? {
                sum += row.get::<_, i64>(5)?.max(0) as usize;
                if sum > bytes && !found.is_empty() {
                    break;
                }
                let data: Option<Vec<u8>> = row.get(3)?;
                let raw = data.as_deref().and_then(unpack);
                let lost = (data.is_some() && raw.is_none()).then(|| UNREADABLE.to_owned());
                found.push(HeldRow {
                    n: row.get(0)?,
                    item: row.get(1)?,
                    name: row.get(2)?,
                    raw,
                    note: row.get::<_, Option<String>>(4)?.or(lost),
                });
            }
            Ok(found)
        })
    }

    /// The ledger has these.
    pub(crate) fn release(&self, held: &[HeldRow]) -> Result<(), WatchError> {
        self.step(|step| {
            for row in held {
                step.prepare_cached("DELETE FROM held WHERE n = ?1")?.execute([row.n])?;
                let sql = "UPDATE items SET state = 'read' WHERE n = ?1 AND state = 'held'";
                step.prepare_cached(sql)?.execute([row.item])?;
            }
            Ok(())
        })
    }

    /// How many reports and notes wait for the ledger.
    pub(crate) fn n_held(&self) -> Result<u64, WatchError> {
        self.ask(|db| db.query_row("SELECT count(*) FROM held", [], |row| row.get::<_, i64>(0)))
            .map(|n| n.max(0) as u64)
    }
}

/// Takes in an item that is new or updated: its number, and whether it waits to be fetched.
fn take_one(step: &Transaction, feed: i64, item: &NewItem) -> rusqlite::Result<Option<(i64, bool)>> {
    match known(step, feed, &item.id)? {
        None => insert(step, feed, item).map(Some),
        Some(known) => renew(step, &known, item),
    }
}

fn known(step: &Transaction, feed: i64, id: &str) -> rusqlite::Result<Option<Known>> {
    let sql = "SELECT n, updated, state, versions FROM items WHERE feed = ?1 AND id = ?2";
    let row = |row: &Row| {
        Ok(Known { n: row.get(0)?, updated: row.get(1)?, state: row.get(2)?, versions: row.get(3)? })
    };
    step.prepare_cached(sql)?.query_row(params![feed, id], row).optional()
}

fn insert(step: &Transaction, feed: i64, item: &NewItem) -> rusqlite::Result<(i64, bool)> {
    let sql = "INSERT INTO items (feed, id, address, page, updated, published, state)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting')";
    step.prepare_cached(sql)?.execute(params![
        feed,
        item.id,
        item.address,
        item.page,
        item.updated,
        item.published
    ])?;
    let n = step.last_insert_rowid();
    Ok((n, enter(step, n, item)?))
}

/// Takes an item up anew if its feed says that it was updated.
fn renew(step: &Transaction, known: &Known, item: &NewItem) -> rusqlite::Result<Option<(i64, bool)>> {
    if known.updated == item.updated || item.updated.is_none() {
        return Ok(None);
    }
    let over = matches!(known.state.as_str(), "read" | "held" | "noted" | "same");
    // Where no time was said before, this is the same version.
    let anew = over && known.updated.is_some() && known.versions < MOST_VERSIONS;
    let sql = "UPDATE items SET updated = ?2, address = coalesce(?3, address), page = coalesce(?4, page),
               published = coalesce(?5, published), versions = versions + ?6 WHERE n = ?1";
    step.prepare_cached(sql)?.execute(params![
        known.n,
        item.updated,
        item.address,
        item.page,
        item.published,
        anew
    ])?;
    if !anew {
        return Ok(None);
    }
    Ok(Some((known.n, enter(step, known.n, item)?)))
}

/// Puts an item where it goes from here: to wait, to be held, to be the same as another, to a note. Gives
/// whether it waits.
fn enter(step: &Transaction, n: i64, item: &NewItem) -> rusqlite::Result<bool> {
    let set = |state: &str, own: Option<Vec<u8>>| {
        let sql = "UPDATE items SET state = ?2, own = ?3, tries = 0, next = 0, said = NULL WHERE n = ?1";
        step.prepare_cached(sql)?.execute(params![n, state, own]).map(drop)
    };
    if let Some(page) = &item.page
        && !claim(step, n, page)?
    {
        set("same", None)?;
        return Ok(false);
    }
    if item.address.is_some() {
        set("waiting", item.own.as_ref().and_then(pack))?;
        return Ok(true);
    }
    match &item.own {
        Some(own) => {
            put(step, n, Some(own), None)?;
            set("held", None)?;
        }
        None => {
            put(step, n, None, Some("It has neither a page nor a text"))?;
            set("noted", None)?;
        }
    }
    Ok(false)
}

/// Takes a page for an item in its version; false if another item has brought the page already, or will. A page
/// whose item was given up can be taken by the next.
fn claim(step: &Transaction, item: i64, page: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT pages.item, pages.updated, state FROM pages JOIN items ON items.n = pages.item
               WHERE pages.page = ?1";
    let row =
        |row: &Row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?));
    let owner = step.prepare_cached(sql)?.query_row([page], row).optional()?;
    let mine = "SELECT updated, versions FROM items WHERE n = ?1";
    let row = |row: &Row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, i64>(1)?));
    let (updated, versions) = step.prepare_cached(mine)?.query_row([item], row)?;
    if let Some((owner, of, state)) = owner
        && owner != item
        && state != "noted"
        && (versions <= 1 || of == updated)
    {
        return Ok(false);
    }
    step.prepare_cached("INSERT OR REPLACE INTO pages VALUES (?1, ?2, ?3)")?
        .execute(params![page, item, updated])?;
    Ok(true)
}

fn put(step: &Transaction, item: i64, raw: Option<&RawReport>, note: Option<&str>) -> rusqlite::Result<()> {
    let data = raw.and_then(pack);
    let bytes = data.as_ref().map_or(0, Vec::len) as i64;
    let sql = "INSERT INTO held (item, bytes, raw, note) VALUES (?1, ?2, ?3, ?4)";
    step.prepare_cached(sql)?.execute(params![item, bytes, data, note]).map(drop)
}

fn pack(raw: &RawReport) -> Option<Vec<u8>> {
    serde_json::to_vec(raw).ok()
}

fn unpack(data: &[u8]) -> Option<RawReport> {
    serde_json::from_slice(data).ok()
}
