//! Values <-> blobs: postcard under zstd with a checksum, and the engine that made them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::io::Read;
use stemma::Analysis;
use stemma::model::RawReport;
use zstd::bulk::Compressor;
use zstd::stream::read::Decoder;
use zstd::zstd_safe::DCtx;

/// The engine of this build: a digest of its sources. An analysis of another is made anew.
pub const ENGINE: &str = env!("STEMMA_ENGINE");

/// zstd's own default: on news text, level 9 saves some 5 % more at four times the cost.
const LEVEL: i32 = 3;

/// No value of one report is larger than this, in bytes; a blob that says so is damaged.
const MAX_VALUE: u64 = 4 << 30;

thread_local! {
    /// A context takes longer to make than an analysis to pack, so each thread keeps its own.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

/// Packs a value.
pub(crate) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, String> {
    let plain = postcard::to_stdvec(value).map_err(|e| e.to_string())?;
    let packed = PACKER.with_borrow_mut(|packer| {
        if packer.is_none() {
            let mut made = Compressor::new(LEVEL)?;
            made.include_checksum(true)?;
            *packer = Some(made);
        }
        packer.as_mut().expect("it was made").compress(&plain)
    });
    packed.map_err(|e| e.to_string())
}

/// Unpacks a value; the message says what is wrong with the blob.
pub(crate) fn unpack<T: DeserializeOwned>(blob: &[u8]) -> Result<T, String> {
    postcard::from_bytes(&plain(blob)?).map_err(|e| e.to_string())
}

/// A report with its analysis, packed as a ledger keeps them: zstd of postcard of both.
///
/// # Errors
/// What hinders, in words; nothing that the engine makes does.
pub fn packed(raw: &RawReport, analysis: &Analysis) -> Result<Vec<u8>, String> {
    pack(&(raw, analysis))
}

/// A report with its analysis, unpacked; the analysis is of use to the engine that made it alone.
///
/// # Errors
/// What is wrong with the bytes, in words.
pub fn unpacked(bytes: &[u8]) -> Result<(RawReport, Analysis), String> {
    unpack(bytes)
}

/// How many fields a raw report got at its end since ledgers are written.
const LATER_FIELDS: usize = 2;

/// Unpacks a report as it was read. What an older stemma wrote ends before the later fields, all of
/// which may be absent: a zero byte says so for each.
pub(crate) fn unpack_raw(blob: &[u8]) -> Result<RawReport, String> {
    let mut plain = plain(blob)?;
    plain.extend([0; LATER_FIELDS]);
    postcard::from_bytes(&plain).map_err(|e| e.to_string())
}

fn plain(blob: &[u8]) -> Result<Vec<u8>, String> {
    let mut plain = Vec::new();
    UNPACKER.with_borrow_mut(|context| {
        let decoder = Decoder::with_context(blob, context);
        decoder.take(MAX_VALUE).read_to_end(&mut plain).map_err(|e| e.to_string())
    })?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma::model::{Lang, Moment};

    #[test]
    fn analyses_come_back_whole() {
        let raw = RawReport {
            key: "a".into(),
            file: "a.txt".into(),
            text: "LORIA, May 3 (Pelt) - Two dams broke on Monday, the minister said. “We lost 12 boats,” he said."
                .into(),
            published: Moment::parse("2024-05-03T08:00:00+02:00"),
            lang: Some(Lang::EN),
            ..RawReport::default()
        };
        let analysis = stemma::analyse(raw.clone());
        assert_eq!(unpack::<Analysis>(&pack(&analysis).unwrap()).unwrap(), analysis);
        assert_eq!(unpack_raw(&pack(&raw).unwrap()).unwrap(), raw);
        assert_eq!(unpacked(&packed(&raw, &analysis).unwrap()).unwrap(), (raw, analysis));
    }

    #[test]
    fn what_an_older_stemma_read_lacks_the_later_fields() {
        let raw = RawReport { key: "a".into(), text: "The dam broke.".into(), ..RawReport::default() };
        let now = plain(&pack(&raw).unwrap()).unwrap();
        let then = zstd::encode_all(&now[..now.len() - LATER_FIELDS], LEVEL).unwrap();
        assert_eq!(unpack_raw(&then).unwrap(), raw);
        let seen = RawReport { section: Some("World".into()), seen: Moment::parse("2024-05-03"), ..raw };
        assert_eq!(unpack_raw(&pack(&seen).unwrap()).unwrap(), seen);
    }

    #[test]
    fn damage_is_told() {
        let mut blob = pack(&"a word or two, said twice".to_owned()).unwrap();
        let middle = blob.len() / 2;
        blob[middle] ^= 0xff;
        assert!(unpack::<String>(&blob).is_err());
        assert!(unpack::<String>(b"no blob").is_err());
        assert!(unpack::<String>(b"").is_err());
    }
}
