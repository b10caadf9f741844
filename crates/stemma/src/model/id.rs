//! Stable identities: 64 bits of a BLAKE3 hash, written as 16 hexadecimal digits.
//!
//! An id depends on content alone, so the same input always has the same ids.
//! At 100 million reports the chance of any collision is under 1 in 3,000.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

macro_rules! identity {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// Reads the 16 hexadecimal digits that [`fmt::Display`] writes.
            pub fn parse(text: &str) -> Option<Self> {
                (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok().map(Self))?
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let digits = utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(concat!($($doc, " "),*).trim()))
                    .pattern(Some("^[0-9a-f]{16}$"))
                    .examples(["0123456789abcdef"]);
                digits.into()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // Digits for people; the bare number where no one reads along.
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_u64(self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return u64::deserialize(deserializer).map(Self);
                }
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| de::Error::custom("an id is 16 hexadecimal digits"))
            }
        }
    };
}

identity!(
    /// Identity of a [`Report`](super::Report): a hash of its key and its raw content.
    ReportId
);
identity!(
    /// Identity of a family: a hash of the ids of its reports.
    FamilyId
);
identity!(
    /// Identity of an event: a hash of the ids of its reports.
    EventId
);
identity!(
    /// Identity of a storyline: a hash of the ids of its events.
    StorylineId
);
identity!(
    /// Identity of an entry: a hash of the places of its readings.
    EntryId
);

impl ReportId {
    /// The identity of raw content that arrived under a key (an address, a row's id, a file's name).
    ///
    /// The key takes part, so that one text printed by two outlets is two reports;
    /// the folder does not, so that a moved file stays the same report.
    pub fn of(key: &str, content: &[u8]) -> Self {
        Self(hash(&[key.as_bytes(), content]))
    }
}

/// Hashes parts, each with its length, to 64 bits.
pub fn hash(parts: &[&[u8]]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    let digest = hasher.finalize();
    u64::from_be_bytes(digest.as_bytes()[..8].try_into().expect("a BLAKE3 hash has 32 bytes"))
}

/// A number for a word or a value of some kind, to count and compare within one run: FNV-1a, mixed by the last
/// steps of MurmurHash3. A tenth of the cost of [`hash`]; never an identity, never kept.
pub(crate) fn key(kind: u8, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    let mut h = bytes.into_iter().fold(step(0xcbf2_9ce4_8422_2325, kind), step);
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// Hashes a set of numbers in ascending order, whatever the order they come in; `of` says of what, so that a
/// family and an event of the same reports have ids of their own.
pub fn hash_set(of: &str, numbers: impl IntoIterator<Item = u64>) -> u64 {
    let mut sorted: Vec<u64> = numbers.into_iter().collect();
    sorted.sort_unstable();
    let bytes: Vec<u8> = sorted.iter().flat_map(|n| n.to_le_bytes()).collect();
    hash(&[of.as_bytes(), &bytes])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_what_it_writes() {
        let id = ReportId::of("a.txt", b"words");
        assert_eq!(ReportId::parse(&id.to_string()), Some(id));
        assert_eq!(ReportId::parse("zz"), None);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_eq!(hash_set("family", [3, 1, 2]), hash_set("family", [1, 2, 3]));
        assert_ne!(hash_set("family", [1]), hash_set("event", [1]));
    }

    #[test]
    fn short_and_long_hash_alike() {
        for n in [0, 3, 40, 48, 49, 200] {
            let part = vec![7_u8; n];
            let mut hasher = blake3::Hasher::new();
            for part in [&b"w"[..], &part] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
            }
            let first: [u8; 8] = hasher.finalize().as_bytes()[..8].try_into().unwrap();
            assert_eq!(hash(&[b"w", &part]), u64::from_be_bytes(first), "{n}");
        }
    }
}
