//! Whether an address is on the public internet.
//!
//! The ranges that are not are data (`private.tsv`). An IPv4 address that is mapped into IPv6 is judged as
//! itself. Knows nothing of names: they are resolved first.

use std::net::IpAddr;
use std::sync::LazyLock;

/// A range of addresses: its first bits, and how many of them count.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: IpAddr,
    bits: u32,
}

static RANGES: LazyLock<Vec<Range>> = LazyLock::new(|| {
    let rows = include_str!("private.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(range).collect()
});

fn range(row: &str) -> Option<Range> {
    let (first, bits) = row.split('\t').next()?.split_once('/')?;
    Some(Range { first: first.parse().ok()?, bits: bits.parse().ok()? })
}

/// Whether an address is private, loopback, link-local or otherwise not public.
pub(crate) fn is_private(address: IpAddr) -> bool {
    let address = address.to_canonical();
    RANGES.iter().any(|range| range.holds(address))
}

impl Range {
    fn holds(self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= self.bits,
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= self.bits,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, private: bool) {
        assert_eq!(is_private(address.parse().unwrap()), private, "{address}");
    }

    #[test]
    fn every_row_is_a_range() {
        let rows = include_str!("private.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows.count(), RANGES.len());
    }

    #[test]
    fn public_and_private_are_told_apart() {
        for address in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            check(address, false);
        }
        for address in [
            "127.0.0.1",
            "127.255.0.9",
            "10.1.2.3",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::7f00:1",
        ] {
            check(address, true);
        }
    }
}
