//! What a table is: columns with a name, a meaning, a kind and the way in which a row gives them.
//!
//! Goes in: rows that point into a ledger. Comes out: cells by column and row, for whatever writes them.
//! The kind of a column is that of the value that its rows give, so it stands nowhere else.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;
use stemma::model::{EntryId, EventId, FamilyId, Lang, Moment, ReportId, StorylineId};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Kind {
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// A byte's place, or a place in a list.
    Index,
    /// How many.
    Count,
    /// A share or a probability.
    Share,
    /// A number that a report tells.
    Number,
    /// Yes or no.
    Flag,
}

/// What stands in one row of one column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) enum Cell<'l> {
    /// Nothing is known.
    Unknown,
    /// See [`Kind::Text`].
    Text(Cow<'l, str>),
    /// See [`Kind::Texts`].
    Texts(Vec<&'l str>),
    /// See [`Kind::Index`].
    Index(u32),
    /// See [`Kind::Count`].
    Count(i64),
    /// See [`Kind::Share`].
    Share(f32),
    /// See [`Kind::Number`].
    Number(f64),
    /// See [`Kind::Flag`].
    Flag(bool),
}

/// As one field of text: lists joined by ` | `, the unknown empty.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Texts(texts) => f.write_str(&texts.join(" | ")),
            Self::Index(n) => n.fmt(f),
            Self::Count(n) => n.fmt(f),
            Self::Share(n) => n.fmt(f),
            Self::Number(n) => n.fmt(f),
            Self::Flag(yes) => yes.fmt(f),
        }
    }
}

/// What a row can give for a column.
pub(in crate::export) trait Value<'l> {
    /// The column's kind.
    const KIND: Kind;
    /// Whether it may be unknown.
    const IS_OPTIONAL: bool = false;
    /// The value as a cell.
    fn cell(self) -> Cell<'l>;
}

macro_rules! values {
    ($($type:ty => $kind:ident, $value:ident: $cell:expr;)*) => {$(
        impl<'l> Value<'l> for $type {
            const KIND: Kind = Kind::$kind;

            fn cell(self) -> Cell<'l> {
                let $value = self;
                Cell::$kind($cell)
            }
        }
    )*};
}

values! {
    &'l str => Text, text: Cow::Borrowed(text);
    String => Text, text: Cow::Owned(text);
    ReportId => Text, id: Cow::Owned(id.to_string());
    FamilyId => Text, id: Cow::Owned(id.to_string());
    EventId => Text, id: Cow::Owned(id.to_string());
    StorylineId => Text, id: Cow::Owned(id.to_string());
    EntryId => Text, id: Cow::Owned(id.to_string());
    Moment => Text, moment: Cow::Owned(moment.to_string());
    Lang => Text, lang: Cow::Owned(lang.to_string());
    Vec<&'l str> => Texts, texts: texts;
    &'l [String] => Texts, texts: texts.iter().map(String::as_str).collect();
    u32 => Index, n: n;
    usize => Count, n: n as i64;
    f32 => Share, n: n;
    f64 => Number, n: n;
    bool => Flag, yes: yes;
}

impl<'l, V: Value<'l>> Value<'l> for Option<V> {
    const KIND: Kind = V::KIND;
    const IS_OPTIONAL: bool = true;

    fn cell(self) -> Cell<'l> {
        self.map_or(Cell::Unknown, V::cell)
    }
}

/// A column of a table.
pub(in crate::export) struct Column<'l> {
    /// Its name.
    pub(in crate::export) name: &'static str,
    /// What it means.
    pub(in crate::export) about: &'static str,
    /// What it holds.
    pub(in crate::export) kind: Kind,
    /// Whether it may be unknown.
    pub(in crate::export) is_optional: bool,
    of: Box<dyn Fn(usize) -> Cell<'l> + 'l>,
}

impl<'l> Column<'l> {
    /// What stands in a row, counted from 0.
    pub(in crate::export) fn cell(&self, row: usize) -> Cell<'l> {
        (self.of)(row)
    }
}

/// A table: so many rows, and the columns that they have.
pub(in crate::export) struct Table<'l> {
    /// Its name.
    pub(in crate::export) name: &'static str,
    /// What a row is.
    pub(in crate::export) about: &'static str,
    /// How many rows there are.
    pub(in crate::export) n_rows: usize,
    /// Its columns, in order.
    pub(in crate::export) columns: Vec<Column<'l>>,
}

/// A table while its columns are told.
pub(super) struct Rows<'l, R> {
    rows: Rc<[R]>,
    table: Table<'l>,
}

impl<'l, R: Copy + 'l> Rows<'l, R> {
    /// A table without columns yet; a row is a few references.
    pub(super) fn new(name: &'static str, about: &'static str, rows: impl Iterator<Item = R>) -> Self {
        let rows: Rc<[R]> = rows.collect();
        let table = Table { name, about, n_rows: rows.len(), columns: Vec::new() };
        Self { rows, table }
    }

    /// Adds a column.
    pub(super) fn column<V: Value<'l>>(
        mut self,
        name: &'static str,
        about: &'static str,
        of: impl Fn(R) -> V + 'l,
    ) -> Self {
        let rows = Rc::clone(&self.rows);
        self.table.columns.push(Column {
            name,
            about,
            kind: V::KIND,
            is_optional: V::IS_OPTIONAL,
            of: Box::new(move |row| of(rows[row]).cell()),
        });
        self
    }

    /// The table with the columns that were told.
    pub(super) fn table(self) -> Table<'l> {
        self.table
    }
}
